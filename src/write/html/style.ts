// The look of the page: one sheet for light, dark, small screens and A4.

export const STYLE = `
:root{--paper:#fff;--back:#f4f5f7;--ink:#1c2127;--soft:#56606b;--line:#d8dce1;--accent:#0b57a4;--must:#b3261e;--explain:#8a5300;--note:#3f5b75;--open:#5b3a8c;--fine:#1d6b3a;--must-back:#fdeceb;--explain-back:#fff4e0;--note-back:#eaf1f7;--open-back:#f2ecfa;--fine-back:#e6f4ea;--bar:#b9c6d4}
@media (prefers-color-scheme:dark){:root{--paper:#1d2126;--back:#14171a;--ink:#e8eaed;--soft:#aab3bd;--line:#3a4149;--accent:#8ab8f0;--must:#ff9d94;--explain:#f4bd68;--note:#a9c4df;--open:#cbb1f0;--fine:#8fd5a6;--must-back:#3b1f1d;--explain-back:#37290f;--note-back:#1f2c39;--open-back:#2d2340;--fine-back:#17301f;--bar:#4d5a68}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.65 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:72rem;margin:0 auto;padding:0 1rem 2rem}
.top{padding-top:1.75rem}
.report+.report{border-top:.25rem solid var(--line);margin-top:3rem}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 .5rem}
main>h1{padding-top:1.75rem}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem;line-height:1.4}
h3{font-size:1rem;margin:1.5rem 0 .6rem;line-height:1.5}
h4{font-size:1rem;margin:0;line-height:1.5}
p{margin:.35rem 0}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
[tabindex="-1"]:focus{outline:none}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.verdict{display:inline-block;padding:.3rem .8rem;border-radius:.4rem;font-weight:600;margin:.25rem 0 1rem}
.return{background:var(--must-back);color:var(--must)}.undetermined{background:var(--open-back);color:var(--open)}.explain-first{background:var(--explain-back);color:var(--explain)}.accept{background:var(--fine-back);color:var(--fine)}
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(6.5rem,1fr));gap:.5rem;list-style:none;margin:0;padding:0}
.counts li{background:var(--paper);border:1px solid var(--line);border-top:.25rem solid var(--line);border-radius:.5rem;padding:.35rem .75rem .5rem}
.counts a{display:block;color:inherit;text-decoration:none}.counts a:hover{text-decoration:underline}
.counts b{display:block;font-size:1.5rem;line-height:1.3;font-variant-numeric:tabular-nums}
.counts .none b{color:var(--soft);font-weight:400}
.counts .must-fix{border-top-color:var(--must)}.counts .explain{border-top-color:var(--explain)}.counts .note{border-top-color:var(--note)}.counts .cannot-tell{border-top-color:var(--open)}.counts .explained,.counts .waived{border-top-color:var(--fine)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 .75rem}
ul.card,nav.card ol{padding-left:2rem}nav.card ol{margin:0;padding-left:1.4rem}
.scroll{overflow-x:auto}.scores{margin-bottom:.75rem;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%;background:var(--paper);font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
tbody tr:last-child>*{border-bottom-width:0}tfoot>tr>*{border-top:2px solid var(--line);border-bottom:0}
th[scope=row]{min-width:8.5rem}.ledger td:not(.number){min-width:5.5rem}.ledger td:nth-last-child(-n+2){min-width:8.5rem}.code{min-width:9rem;font-size:.875rem}
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
details.rules{margin-top:2rem}
.part small{font-weight:400;color:var(--soft)}.part .tag{font-size:1rem;padding:.15rem .7rem}
.kind{border-left:.3rem solid var(--line);padding-bottom:.6rem}
.kind.must-fix{border-left-color:var(--must)}.kind.explain{border-left-color:var(--explain)}.kind.note{border-left-color:var(--note)}.kind.cannot-tell{border-left-color:var(--open)}.kind.explained,.kind.waived{border-left-color:var(--fine)}
.head{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between}
.rule{color:var(--soft);font-size:.8125rem;font-family:ui-monospace,Consolas,monospace}
.finding{border-top:1px solid var(--line);padding:.5rem 0 .4rem;margin-top:.4rem}
.finding p{margin:.2rem 0}
.tag{font-size:.8125rem;font-weight:600;padding:.05rem .5rem;border-radius:.3rem;white-space:nowrap}
.tag.must-fix{background:var(--must-back);color:var(--must)}.tag.explain{background:var(--explain-back);color:var(--explain)}.tag.note{background:var(--note-back);color:var(--note)}.tag.cannot-tell{background:var(--open-back);color:var(--open)}.tag.explained,.tag.waived{background:var(--fine-back);color:var(--fine)}
.remedy{font-weight:600}
.source{color:var(--soft);font-size:.875rem}
blockquote{margin:.4rem 0;padding:.4rem .8rem;border-left:.2rem solid var(--line);background:var(--back)}
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;position:sticky;top:0;background:var(--back);padding:.6rem 0;z-index:2}
.filter>div{max-width:100%;min-width:0}
.filter label{display:block;font-size:.8125rem;color:var(--soft)}
.filter input,.filter select,.filter button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.35rem;padding:.35rem .6rem;min-height:2.5rem;max-width:100%}
.filter select{max-width:min(100%,16rem)}
.filter button{cursor:pointer}
.filter output{margin-left:auto;color:var(--soft);padding-bottom:.45rem}
[hidden]{display:none!important}
.charts{columns:26rem 2;column-gap:.75rem}
.charts .card{break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.5rem}
.bars{display:grid;grid-template-columns:minmax(5rem,auto) minmax(4rem,1fr) auto;gap:.3rem .7rem;align-items:center;font-size:.875rem;margin:0}
.bars dt{max-width:11rem;line-height:1.35}.bars dd{margin:0}
.drawn{padding:0 .4rem}
.track{display:block;position:relative;height:.75rem}
.track:before{content:"";position:absolute;left:-.4rem;right:-.4rem;top:.3rem;height:.125rem;background:var(--bar)}
.drawn.whole{padding:0}.drawn.whole .track:before{left:0;right:0;top:.125rem;height:.5rem}
.fill{position:absolute;left:0;top:.125rem;height:.5rem;background:var(--accent)}
.span{position:absolute;top:.25rem;height:.25rem;background:var(--accent)}
.mark,.legend i{width:.75rem;height:.75rem;border-radius:50%;background:var(--accent)}
.mark{position:absolute;top:0;margin-left:-.375rem;opacity:.95}
.mark.claimed,.legend i.claimed{background:var(--paper);border:.19rem solid var(--soft)}
.mark.recomputed{width:.5rem;height:.5rem;top:.125rem;margin-left:-.25rem}
.legend{font-size:.8125rem;color:var(--soft);margin-top:.6rem}
.legend i{display:inline-block;vertical-align:-.1rem;margin:0 .3rem 0 .8rem}.legend i.claimed{margin-left:0}.legend i:not(.claimed){width:.5rem;height:.5rem;vertical-align:.02rem}
.fixes{margin:0;padding-left:1.6rem}.fixes li{margin:.3rem 0}
.gain{color:var(--fine);font-weight:600;white-space:nowrap}.gain.down{color:var(--must)}
.becoming{margin:.4rem 0;display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.35rem 1rem}.becoming dt{font-weight:600;max-width:16rem}.becoming dd{margin:0}
.foot{color:var(--soft);font-size:.875rem;padding-top:1.5rem}.foot ul{padding-left:1.2rem}
@media (max-width:40rem){th,td{padding:.35rem .4rem}.filter{position:static}.filter>div{flex:1 1 9rem}.filter input,.filter select{width:100%;max-width:100%}.becoming{grid-template-columns:1fr;gap:0}.becoming dd{margin-bottom:.5rem}th[scope=row]{min-width:7rem}}
@page{size:A4;margin:15mm 14mm}
@media print{:root{color-scheme:light;--paper:#fff;--back:#fff;--ink:#000;--soft:#444;--line:#999;--accent:#0b57a4;--must:#8c1d18;--explain:#6b4200;--note:#2f4860;--open:#452b6b;--fine:#14522b;--must-back:#fdeceb;--explain-back:#fff4e0;--note-back:#eaf1f7;--open-back:#f2ecfa;--fine-back:#e6f4ea;--bar:#b9c6d4}
html{color-scheme:light}body{font-size:10pt}main{max-width:none;padding:0}.filter,.skip,#nothing{display:none!important}.finding[hidden],.kind[hidden],.group[hidden]{display:block!important}
.finding,tr,figure,.head{break-inside:avoid}h2,h3,h4,.head,summary{break-after:avoid}.card{border-color:#999}details>summary{list-style:none}details::details-content{content-visibility:visible;block-size:auto}thead{display:table-header-group}tfoot{display:table-row-group}
.scroll{overflow:visible}table{font-size:9pt}th,td{padding:.25rem .35rem;min-width:0!important}td.number{white-space:normal;min-width:2.9rem!important}thead th{white-space:normal}th[scope=row]{min-width:4rem!important}a{color:inherit;text-decoration:none}.report+.report{break-before:page;border:0;margin:0}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
