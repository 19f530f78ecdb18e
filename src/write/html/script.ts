// What the page does: filter and search the findings, open a row's details when a link leads there, print everything.

/** Runs in any browser of the last ten years; without it the page shows everything. */
export const SCRIPT = `
(function(){
function all(q){return [].slice.call(document.querySelectorAll(q))}
function fold(t){return (t.normalize?t.normalize("NFKC"):t).toLowerCase()}
var form=document.getElementById("filter"),items=all(".finding"),holders=all(".kind").concat(all(".group")),count=document.getElementById("shown"),nothing=document.getElementById("nothing");
var texts=items.map(function(i){var kind=i.parentElement.querySelector(".head");return fold(i.textContent+" "+(kind?kind.textContent:""))});
function value(name){return form.elements[name]?form.elements[name].value:""}
function apply(){var words=fold(value("words")).split(/\\s+/).filter(Boolean),n=0;
items.forEach(function(item,i){var show=["part","table","report"].every(function(name){return !value(name)||item.dataset[name]===value(name)})&&words.every(function(w){return texts[i].indexOf(w)>=0});item.hidden=!show;if(show)n++});
holders.forEach(function(g){g.hidden=!g.querySelector(".finding:not([hidden])")});
nothing.hidden=n>0;count.textContent=count.dataset.template.replace("#",n)}
if(form){form.hidden=false;form.addEventListener("input",apply);form.addEventListener("change",apply);form.addEventListener("submit",function(e){e.preventDefault()});form.addEventListener("reset",function(){setTimeout(apply)});apply()}
function reveal(){var id=decodeURIComponent(location.hash.slice(1)),t=id&&document.getElementById(id);if(!t)return;
for(var p=t;p;p=p.parentElement){if(p.hidden&&form){form.reset();apply()}if(p.tagName==="DETAILS")p.open=true}
t.scrollIntoView({block:t.tagName==="TR"||t.tagName==="ARTICLE"?"center":"start"});if(!t.hasAttribute("tabindex"))t.setAttribute("tabindex","-1");t.focus({preventScroll:true})}
addEventListener("hashchange",reveal);
document.addEventListener("click",function(e){var a=e.target.closest&&e.target.closest("a[href^='#']");if(a&&a.hash===location.hash)setTimeout(reveal)});
reveal();
var opened=[];addEventListener("beforeprint",function(){opened=all("details:not([open])");opened.forEach(function(d){d.open=true})});
addEventListener("afterprint",function(){opened.forEach(function(d){d.open=false});opened=[]});
})();
`;
