/**
 * The page's style sheet, in the approval page's colours: text passes WCAG AA on its own ground in both schemes. Tables of
 * changes become cards below 760 px; on paper everything is open and nothing is coloured in.
 */
export const REPORT_STYLES = `
:root{color-scheme:light dark;--ground:#f6f7f9;--paper:#fff;--ink:#171c26;--quiet:#545d6e;--line:#dde1e8;--soft:#eef1f5;
--accent:#0b5cad;--good:#12683a;--good-soft:#e0f3e7;--good-mark:#1f8f55;--busy:#0b5cad;--busy-soft:#e3eefa;--warning:#854d00;--warning-soft:#fdf0d9;
--warning-mark:#c77700;--bad:#a81c26;--bad-soft:#fce7e8;--kept-mark:#7f8ba0}
@media (prefers-color-scheme:dark){:root{--ground:#0f1319;--paper:#181d26;--ink:#e8ebf1;--quiet:#a3adbd;--line:#2d3543;--soft:#212834;
--accent:#7cb8f5;--good:#7bd6a0;--good-soft:#153323;--good-mark:#4fbf82;--busy:#8cc2f7;--busy-soft:#16304b;--warning:#f0bd6b;--warning-soft:#3a2a0e;
--warning-mark:#e5a03c;--bad:#ff9a9a;--bad-soft:#43181c;--kept-mark:#74819a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem clamp(.75rem,2.5vw,2rem) 3rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
h1{font-size:clamp(1.5rem,3.6vw,2.4rem);line-height:1.15;margin:.1rem 0 1.2rem;letter-spacing:-.02em;text-wrap:balance}
h1 .quiet{display:block;font-size:.5em;font-weight:400;letter-spacing:0;margin-top:.5rem}
h2{font-size:1.25rem;letter-spacing:-.01em;margin:0 0 .7rem}
section{margin-top:1.4rem;padding:1.3rem clamp(.9rem,2.2vw,1.6rem) 1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:14px}
p{margin:.4rem 0;max-width:75ch}
small{font-size:.82em;color:var(--quiet)}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.quiet{color:var(--quiet)}
p.quiet{font-size:.88rem;overflow-wrap:anywhere}
.brand{margin:0;font-weight:650;color:var(--accent);letter-spacing:.01em}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.7rem,1fr));gap:1px;margin:0;background:var(--paper);border:1px solid var(--line);border-radius:14px;overflow:hidden}
.summary div{box-shadow:0 0 0 1px var(--line);padding:.9rem 1.1rem;min-width:0}
.summary dt{font-size:.84rem;color:var(--quiet)}
.summary dd{margin:0;line-height:1.4}
.summary strong{font-size:1.6rem;letter-spacing:-.015em;font-variant-numeric:tabular-nums}
.summary small{display:block}
.summary div:first-child strong{color:var(--good)}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;margin-top:.9rem;font-size:.92rem}
a{color:var(--accent);padding:.25rem 0}
h2{scroll-margin-top:1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));gap:1.4rem 2.2rem}
.figures.map{grid-template-columns:repeat(auto-fit,minmax(min(27rem,100%),1fr))}
.map .chart{max-width:44rem}
.map table{font-size:.86rem}
.map th,.map td{padding:.32rem .8rem .32rem 0}
.map tbody th{min-width:9rem}
caption{text-align:left;font-weight:600;padding:.4rem 0}
figure{margin:.4rem 0;min-width:0}
figcaption{font-weight:600;font-size:.92rem}
.chart{display:block;width:100%;height:auto;margin-top:.4rem}
.chart text{font:14px system-ui,sans-serif;fill:var(--quiet);font-variant-numeric:tabular-nums}
.chart path{fill:none}
.chart .grid{stroke:var(--line)}
.chart .stop{stroke:var(--quiet)}
.chart .edge{stroke:var(--quiet);stroke-opacity:.6}
.chart path.proven{fill:var(--good-mark);fill-opacity:.8}
.chart path.unproven{fill:var(--good-mark);fill-opacity:.25}
.chart path.estimated{stroke:var(--ink);stroke-width:2;stroke-dasharray:5 4}
.chart path.diagonal{stroke:var(--quiet);stroke-dasharray:5 4}
.chart circle.pair{fill:var(--accent);fill-opacity:.55;stroke:var(--accent)}
.chart path.equal{stroke:var(--line);stroke-width:1.4}
.chart text.equal{font-size:12px}
.chart path.kept,.chart circle.kept{fill:var(--kept-mark);fill-opacity:.5}
.chart path.proposed,.chart circle.proposed{fill:var(--warning-mark);fill-opacity:.9;stroke:var(--paper)}
.chart path.changed,.chart circle.changed{fill:var(--good-mark);stroke:var(--paper)}
.chart text.name{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.key{display:flex;flex-wrap:wrap;gap:.15rem 1.2rem;list-style:none;margin:.35rem 0 0;padding:0;font-weight:400;font-size:.84rem;color:var(--quiet)}
.key li::before{content:"";display:inline-block;width:.8rem;height:.8rem;margin-right:.45rem;vertical-align:-.08rem;border-radius:3px;background:var(--kept-mark)}
.key .proven::before,.key .changed::before{background:var(--good-mark)}
.key .changed::before{transform:rotate(45deg) scale(.8);border-radius:1px}
.key .unproven::before{background:var(--good-mark);opacity:.35}
.key .kept::before,.key .pair::before{border-radius:50%}
.key .pair::before{background:var(--accent)}
.key .proposed::before{background:var(--warning-mark);border-radius:1px}
.key .estimated::before,.key .diagonal::before,.key .equal::before{height:0;background:none;border-radius:0;border-top:2px dashed var(--ink);vertical-align:.22rem;width:1.3rem}
.key .diagonal::before,.key .equal::before{border-color:var(--quiet)}
.key .equal::before{border-top-style:solid;border-color:var(--line)}
.fates{display:block;width:100%;height:1.7rem;border-radius:7px}
.fates-key{font-size:.9rem;margin:.6rem 0 .8rem}
.fates-key strong{color:var(--ink);font-variant-numeric:tabular-nums}
.fates .changed{fill:var(--good-mark)}.fates .proposed{fill:var(--warning-mark)}.fates .leftOut{fill:var(--warning-mark);fill-opacity:.45}.fates .right{fill:var(--accent)}.fates .unclear{fill:var(--kept-mark)}.fates .skipped{fill:var(--line)}
.fates-key .changed::before{transform:none;border-radius:3px}.fates-key .leftOut::before{background:var(--warning-mark);opacity:.45}.fates-key .right::before{background:var(--accent)}.fates-key .skipped::before{background:var(--line)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.5rem .9rem .5rem 0;text-align:left;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
thead th{border:0;font-size:.82rem;color:var(--quiet)}
tbody th{font-weight:600;overflow-wrap:anywhere}
tbody th small{display:block;font-weight:400}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.change{white-space:nowrap;font-variant-numeric:tabular-nums}
.cards{overflow-wrap:anywhere}
.cards tbody th{min-width:15rem}
.cards .why{color:var(--quiet);font-size:.88rem;min-width:13rem}
.badge{display:inline-block;padding:.08rem .55rem;border-radius:8px;font-size:.84rem;white-space:nowrap;background:var(--soft)}
.badge.good{background:var(--good-soft);color:var(--good)}.badge.busy{background:var(--busy-soft);color:var(--busy)}.badge.warning{background:var(--warning-soft);color:var(--warning)}.badge.bad{background:var(--bad-soft);color:var(--bad)}
.scroll{overflow-x:auto}
summary{cursor:pointer;padding:.2rem 0;width:fit-content;max-width:100%}
section>details>summary{color:var(--accent);margin-top:.6rem}
#waits~details>summary{color:var(--ink)}
.names{columns:17rem;column-gap:2rem;margin:.3rem 0 .6rem;padding:0;list-style:none;font-size:.88rem;overflow-wrap:anywhere}
.balance{margin:0;display:grid;gap:.55rem}
.balance div{display:grid;grid-template-columns:12rem 1fr;gap:.3rem 1.4rem;border-top:1px solid var(--line);padding-top:.55rem}
.balance dt{color:var(--quiet)}
.balance dd{margin:0;max-width:70ch;overflow-wrap:anywhere}
.balance ul{margin:0;padding:0;list-style:none}
.reasons td{vertical-align:middle}
.reasons td:first-child{width:3rem}
.reasons td:nth-child(2){width:9rem}
.bar{display:block;width:8rem;height:.65rem}
.bar rect{fill:var(--kept-mark)}
footer{margin-top:1.6rem;font-size:.88rem;color:var(--quiet)}
@media screen and (max-width:760px){
.chart text,.chart text.name,.chart text.equal{font-size:20px}
.chart text.minor,.chart text.name{display:none}
.balance div{grid-template-columns:1fr;gap:0}
.cards thead{display:none}
.cards,.cards tbody{display:block}
.cards tr{display:grid;grid-template-columns:1fr 1fr;gap:.1rem 1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.cards tbody tr>*{border:0;padding:.1rem 0;min-width:0}
.cards th,.cards .why,.cards .change{grid-column:1/-1;white-space:normal}
.cards .num{text-align:left}
.cards .num::before{content:attr(data-label) ": ";color:var(--quiet)}
.reasons td:nth-child(2){width:3.6rem}
.bar{width:3rem}
}
@media print{
:root{--ground:#fff;--paper:#fff;--ink:#000;--quiet:#444;--line:#bbb}
body{font-size:10.5pt}
main{max-width:none;padding:0}
nav{display:none}
section{border:0;border-top:1px solid #bbb;border-radius:0;padding:.8rem 0 0;margin-top:1rem}
h2,figcaption,summary{break-after:avoid}
figure,tr,.summary,.balance div{break-inside:avoid}
svg,.badge,.key li::before,.summary{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scroll{overflow:visible}
.summary{grid-template-columns:repeat(6,1fr)}
.summary div{padding:.5rem .6rem}
.summary strong{font-size:1.15rem}
.figures{grid-template-columns:1fr 1fr;gap:1rem 1.4rem}
.figures.map{grid-template-columns:1fr}
.map .chart{max-width:30rem}
table,.map table{font-size:.8rem}
th,td{padding:.3rem .6rem .3rem 0}
.cards tbody th{min-width:8rem}
.cards th,.cards td{padding-right:.45rem}
.cards .why{min-width:7rem;font-size:.8rem;overflow-wrap:anywhere}
.map tbody th{min-width:6rem}
.balance div{grid-template-columns:9rem 1fr}
details::details-content{content-visibility:visible;display:block;height:auto}
}
`;
