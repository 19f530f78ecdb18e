// The look of the page: one sheet for light, dark, small screens and A4.

export const STYLE = `
:root{--paper:#fff;--back:#f4f5f7;--ink:#1c2127;--soft:#56606b;--line:#d8dce1;--accent:#0b57a4;--must:#b3261e;--explain:#8a5300;--note:#3f5b75;--open:#5b3a8c;--fine:#1d6b3a;--must-back:#fdeceb;--explain-back:#fff4e0;--note-back:#eaf1f7;--open-back:#f2ecfa;--fine-back:#e6f4ea;--bar:#b9c6d4}
@media (prefers-color-scheme:dark){:root{--paper:#1d2126;--back:#14171a;--ink:#e8eaed;--soft:#aab3bd;--line:#3a4149;--accent:#8ab8f0;--must:#ff9d94;--explain:#f4bd68;--note:#a9c4df;--open:#cbb1f0;--fine:#8fd5a6;--must-back:#3b1f1d;--explain-back:#37290f;--note-back:#1f2c39;--open-back:#2d2340;--fine-back:#17301f;--bar:#4d5a68}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.65 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",system-ui,sans-serif}
main,header,footer{max-width:68rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.75rem}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 .5rem}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem;line-height:1.4}
h3{font-size:1rem;margin:0;line-height:1.5}
p{margin:.35rem 0}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.verdict{display:inline-block;padding:.3rem .8rem;border-radius:.4rem;font-weight:600;margin:.25rem 0 1rem}
.return{background:var(--must-back);color:var(--must)}.undetermined{background:var(--open-back);color:var(--open)}.explain-first{background:var(--explain-back);color:var(--explain)}.accept{background:var(--fine-back);color:var(--fine)}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.5rem;list-style:none;margin:0;padding:0}
.counts li{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem}
.counts b{display:block;font-size:1.5rem;line-height:1.3;font-variant-numeric:tabular-nums}
.counts .none b{color:var(--soft);font-weight:400}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 .75rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--paper);font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600;font-size:.875rem;white-space:nowrap}
.number{text-align:right;white-space:nowrap}
.up{color:var(--fine)}.down{color:var(--must)}
tr.differs td,tr.differs th{background:var(--explain-back)}
tr:target td,tr:target th,article:target{outline:2px solid var(--accent);outline-offset:-2px}
details{margin:0 0 .75rem}
summary{cursor:pointer;padding:.6rem .9rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;font-weight:600}
details[open]>summary{border-radius:.5rem .5rem 0 0}
details>.scroll,details>.inside{border:1px solid var(--line);border-top:0;border-radius:0 0 .5rem .5rem;background:var(--paper);padding:.25rem .75rem .75rem}
summary small{font-weight:400;color:var(--soft);margin-left:.5rem}
.finding{border-left:.3rem solid var(--line)}
.finding.must-fix{border-left-color:var(--must)}.finding.explain{border-left-color:var(--explain)}.finding.note{border-left-color:var(--note)}.finding.cannot-tell{border-left-color:var(--open)}.finding.explained,.finding.waived{border-left-color:var(--fine)}
.finding header{padding:0;max-width:none;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between}
.finding .rule{color:var(--soft);font-size:.8125rem;font-family:ui-monospace,Consolas,monospace}
.subject{color:var(--soft);margin:0}
.tag{font-size:.8125rem;font-weight:600;padding:.05rem .5rem;border-radius:.3rem;margin-right:.5rem;white-space:nowrap}
.tag.must-fix{background:var(--must-back);color:var(--must)}.tag.explain{background:var(--explain-back);color:var(--explain)}.tag.note{background:var(--note-back);color:var(--note)}.tag.cannot-tell{background:var(--open-back);color:var(--open)}.tag.explained,.tag.waived{background:var(--fine-back);color:var(--fine)}
.remedy{font-weight:600}
.source{color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
blockquote{margin:.5rem 0;padding:.4rem .8rem;border-left:.2rem solid var(--line);background:var(--back)}
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;position:sticky;top:0;background:var(--back);padding:.6rem 0;z-index:2}
.filter label{display:block;font-size:.8125rem;color:var(--soft)}
.filter input,.filter select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.35rem;padding:.35rem .6rem;min-height:2.4rem;max-width:100%}
.filter output{margin-left:auto;color:var(--soft)}
[hidden]{display:none!important}
.charts{display:grid;margin-bottom:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.75rem}
.charts .card{margin:0}
figure{margin:0}figcaption{font-weight:600;margin-bottom:.5rem}
.bars{display:grid;grid-template-columns:minmax(6rem,auto) 1fr auto;gap:.3rem .6rem;align-items:center;font-size:.875rem;margin:0}
.bars dt{overflow-wrap:anywhere}.bars dd{margin:0}
.track{display:block;height:.5rem;background:var(--bar);border-radius:.25rem;position:relative;overflow:hidden;margin:.1rem 0}
.fill{position:absolute;inset:0 auto 0 0;background:var(--accent)}
.fill.claimed{background:var(--soft)}
.legend{font-size:.8125rem;color:var(--soft)}
.legend i{display:inline-block;width:.8rem;height:.5rem;border-radius:.2rem;margin:0 .3rem 0 .8rem;background:var(--accent)}.legend i.claimed{background:var(--soft);margin-left:0}
.fixes{margin:0;padding-left:1.4rem}.fixes li{margin:.3rem 0}
footer{color:var(--soft);font-size:.875rem;padding-top:2rem;padding-bottom:2rem;overflow-wrap:anywhere}
@media (max-width:40rem){th,td{padding:.35rem .4rem}.filter{position:static}.filter>div{flex:1 1 9rem}.filter input,.filter select{width:100%}}
@page{size:A4;margin:15mm 14mm}
@media print{:root{--paper:#fff;--back:#fff;--ink:#000;--soft:#444;--line:#999;--must:#8c1d18;--explain:#6b4200;--note:#2f4860;--open:#452b6b;--fine:#14522b}
body{font-size:10.5pt}main,header,footer{max-width:none;padding-left:0;padding-right:0}.filter,.skip{display:none}.finding,tr,figure{break-inside:avoid}h2,h3{break-after:avoid}.card{border-color:#999}details>summary{list-style:none}thead{display:table-header-group}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
