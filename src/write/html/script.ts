// What the page does: filter and search the findings, open a row's details when a link leads there, print everything.

/** Runs in any browser of the last ten years; without it the page shows everything. */
export const SCRIPT = `
(function(){
var form=document.getElementById("filter");if(!form)return;form.hidden=false;
var items=[].slice.call(document.querySelectorAll(".finding")),groups=[].slice.call(document.querySelectorAll(".group")),count=document.getElementById("shown");
function fold(t){return t.normalize?t.normalize("NFKC").toLowerCase():t.toLowerCase()}
var texts=items.map(function(i){return fold(i.textContent)});
function apply(){var words=fold(form.elements.words.value).split(/\\s+/).filter(Boolean),part=form.elements.part.value,table=form.elements.table.value,n=0;
items.forEach(function(item,i){var show=(!part||item.dataset.part===part)&&(!table||item.dataset.table===table)&&words.every(function(w){return texts[i].indexOf(w)>=0});item.hidden=!show;if(show)n++});
groups.forEach(function(g){g.hidden=!g.querySelector(".finding:not([hidden])")});
count.textContent=count.dataset.template.replace("#",n)}
form.addEventListener("input",apply);form.addEventListener("change",apply);form.addEventListener("submit",function(e){e.preventDefault()});form.addEventListener("reset",function(){setTimeout(apply)});apply();
function reveal(){var id=decodeURIComponent(location.hash.slice(1)),t=id&&document.getElementById(id);if(!t)return;if(t.hidden){form.reset();setTimeout(apply)}for(var p=t.parentElement;p;p=p.parentElement)if(p.tagName==="DETAILS")p.open=true;setTimeout(function(){t.scrollIntoView({block:"center"})})}
addEventListener("hashchange",reveal);reveal();
var opened=[];addEventListener("beforeprint",function(){opened=[].slice.call(document.querySelectorAll("details:not([open])"));opened.forEach(function(d){d.open=true})});
addEventListener("afterprint",function(){opened.forEach(function(d){d.open=false});opened=[]});
})();
`;
