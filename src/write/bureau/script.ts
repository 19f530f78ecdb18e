// What the summary's page does: filter and sort the departments, show as many as are asked for.

/** Runs in any browser of the last ten years; without it the page shows everything, with the most to do first. */
export const SUMMARY_SCRIPT = `
(function(){
var form=document.getElementById("filter"),table=document.getElementById("departments");if(!form||!table)return;form.hidden=false;
var body=table.tBodies[0],rows=[].slice.call(body.rows),count=document.getElementById("shown"),nothing=document.getElementById("nothing"),heads=[].slice.call(table.tHead.rows[0].cells);
function fold(t){return t.normalize?t.normalize("NFKC").toLowerCase():t.toLowerCase()}
var texts=rows.map(function(r){return fold(r.textContent)});
function apply(){var words=fold(form.elements.words.value).split(/\\s+/).filter(Boolean),verdict=form.elements.verdict.value,having=form.elements.having.value,n=0;
rows.forEach(function(row,i){var show=(!verdict||row.getAttribute("data-verdict")===verdict)&&(!having||(" "+row.getAttribute("data-having")+" ").indexOf(" "+having+" ")>=0)&&words.every(function(w){return texts[i].indexOf(w)>=0});row.hidden=!show;if(show)n++});
count.textContent=count.getAttribute("data-template").replace("#",n);nothing.hidden=n>0}
form.addEventListener("input",apply);form.addEventListener("change",apply);form.addEventListener("submit",function(e){e.preventDefault()});form.addEventListener("reset",function(){setTimeout(apply)});apply();
function key(row,at){var cell=row.cells[at],v=cell.getAttribute("data-v");return v===null?cell.textContent:v===""?null:Number(v)}
heads.forEach(function(head,at){var button=head.querySelector("button");if(!button)return;button.disabled=false;
button.addEventListener("click",function(){var down=head.getAttribute("aria-sort")!=="descending";
heads.forEach(function(h){if(h.querySelector("button"))h.setAttribute("aria-sort","none")});head.setAttribute("aria-sort",down?"descending":"ascending");
rows.map(function(row,i){return{row:row,i:i,k:key(row,at)}}).sort(function(a,b){
if(a.k===null||b.k===null)return a.k===b.k?a.i-b.i:a.k===null?1:-1;
var d=typeof a.k==="number"?a.k-b.k:a.k.localeCompare(b.k,document.documentElement.lang);return(down?-d:d)||a.i-b.i}).forEach(function(e){body.appendChild(e.row)})})});
})();
`;

export const SUMMARY_STYLE = `
th button{font:inherit;color:inherit;background:none;border:0;padding:.2rem 0;cursor:pointer;white-space:nowrap}
th button:disabled{cursor:default}
th button::after{content:"";display:inline-block;width:.9em;text-align:center}
th[aria-sort=ascending] button::after{content:"\\2191"}th[aria-sort=descending] button::after{content:"\\2193"}
thead th.number{text-align:right}
#departments tbody th{min-width:9rem;font-weight:600}
#departments tfoot th,#departments tfoot td{font-weight:600;border-top:2px solid var(--line)}
#departments .tag{margin:0}
small{color:var(--soft);display:block;font-size:.8125rem;font-weight:400}
td.some-must-fix{color:var(--must);font-weight:600}td.some-cannot-tell{color:var(--open);font-weight:600}
.tag.return{background:var(--must-back);color:var(--must)}.tag.undetermined{background:var(--open-back);color:var(--open)}.tag.explain-first{background:var(--explain-back);color:var(--explain)}.tag.accept{background:var(--fine-back);color:var(--fine)}
.fill.mustFix,.fill.return{background:var(--must)}.fill.undetermined{background:var(--open)}.fill.explain-first{background:var(--explain)}.fill.accept{background:var(--fine)}
.filter button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.35rem;padding:.35rem .8rem;min-height:2.4rem;cursor:pointer}
.outliers td:nth-child(2){overflow-wrap:anywhere}
@media (min-width:70rem){main{max-width:84rem}}
@media print{th button::after{content:none}#departments small{display:none}}
`;
