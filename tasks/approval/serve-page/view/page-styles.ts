/**
 * The page's style sheet. Colours pass WCAG AA (4.5:1 for text) on their own ground in both schemes; rows become cards
 * below 860 px. Part of the bundle, so that nothing is fetched and its hash can stand in the policy.
 */
export const PAGE_STYLES = `
:root{color-scheme:light dark;--ground:#f6f7f9;--paper:#fff;--ink:#171c26;--quiet:#545d6e;--line:#dde1e8;--soft:#eef1f5;
--accent:#0b5cad;--good:#12683a;--good-soft:#e0f3e7;--busy:#0b5cad;--busy-soft:#e3eefa;--warning:#854d00;--warning-soft:#fdf0d9;
--bad:#a81c26;--bad-soft:#fce7e8;--band:#0b5cad26;--approve:#12683a;--on-approve:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#0f1319;--paper:#181d26;--ink:#e8ebf1;--quiet:#a3adbd;--line:#2d3543;--soft:#212834;
--accent:#7cb8f5;--good:#7bd6a0;--good-soft:#153323;--busy:#8cc2f7;--busy-soft:#16304b;--warning:#f0bd6b;--warning-soft:#3a2a0e;
--bad:#ff9a9a;--bad-soft:#43181c;--band:#7cb8f533;--approve:#7bd6a0;--on-approve:#06210f}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:84rem;margin:0 auto;padding:1.25rem clamp(.75rem,2.5vw,2rem) 3rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
h1{font-size:clamp(1.45rem,3.2vw,2.1rem);line-height:1.2;margin:.1rem 0 1rem;letter-spacing:-.015em;text-wrap:balance}
h1 .quiet{font-weight:400}
h2{font-size:1.15rem;margin:2rem 0 .6rem}
h3{font-size:.95rem;margin:0 0 .5rem}
p{margin:.4rem 0}
small{font-size:.82em;color:var(--quiet)}
.quiet{color:var(--quiet)}
p.quiet{font-size:.85rem}
.brand{margin:0;font-weight:650;color:var(--accent);letter-spacing:.01em}
.skip,.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:static;width:auto;height:auto;clip-path:none;display:inline-block;padding:.5rem 1rem}
.summary{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.2rem,1fr));gap:1px;margin:0;background:var(--line);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.summary div{background:var(--paper);padding:.8rem 1rem;min-width:0}
.summary dt{font-size:.82rem;color:var(--quiet)}
.summary dd{margin:0;line-height:1.45}
.summary strong{font-size:1.5rem;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.summary small{display:block}
.notice{margin:1rem 0 0;padding:.7rem 1rem;border-radius:10px;background:var(--good-soft);color:var(--good);font-weight:550}
.notice.stale{background:var(--warning-soft);color:var(--warning)}
.filters{display:flex;flex-wrap:wrap;gap:.6rem .75rem;align-items:end}
.filters label,.bar label{display:grid;gap:.2rem;font-size:.82rem;color:var(--quiet)}
.filters .search{flex:1 1 15rem}
input:not([type=checkbox]),select,button,.button{font:inherit;min-height:2.6rem;padding:.4rem .7rem;border:1px solid #7d8798;border-radius:8px;background:var(--paper);color:var(--ink);max-width:100%}
select{min-width:7rem}
button,.button{font-weight:600;cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;gap:.35ch}
button:hover,.button:hover{border-color:var(--ink)}
button:disabled{opacity:1;color:var(--quiet);background:var(--soft);border-color:var(--line);cursor:not-allowed}
.reset{align-self:center;padding:.6rem .2rem}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent);flex:none}
.shown{margin:.9rem 0 .5rem;font-size:.88rem;color:var(--quiet)}
table{border-collapse:collapse;width:100%}
.proposals{background:var(--paper);border:1px solid var(--line);border-radius:12px;border-spacing:0;border-collapse:separate;overflow:clip}
.proposals th,.proposals td{padding:.7rem .6rem;text-align:left;vertical-align:top;font-weight:400}
.proposals thead th{font-size:.8rem;background:var(--soft);position:sticky;top:0;z-index:1;border-bottom:1px solid var(--line);white-space:nowrap}
.proposals thead a{color:var(--ink);text-decoration:none;font-weight:600}
.proposals thead a:hover{text-decoration:underline}
.proposals thead [aria-sort] a{color:var(--accent)}
.proposals tbody+tbody tr:first-child>*{border-top:1px solid var(--line)}
.proposals .place th{padding-top:1.4rem;font-weight:650}
.proposals .place small{font-weight:400;color:var(--quiet)}
.proposals .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.proposals td.num:nth-of-type(3){font-weight:650}
.proposals .num small{display:block}
.proposals .costs{color:var(--warning)}
.pick{width:2.4rem}
.proposals tbody .pick{padding-top:.8rem}
.proposals tbody:has(.pick input:checked)>tr>*{background:var(--busy-soft)}
.function{overflow-wrap:anywhere;min-width:11rem}
.function label{display:block;font-weight:650}
.owner{display:block;font-size:.82rem;color:var(--quiet)}
.change{display:block;white-space:nowrap;font-variant-numeric:tabular-nums}
.reason{min-width:14rem;max-width:26rem;font-size:.88rem}
.state{min-width:10.5rem;max-width:16rem;overflow-wrap:anywhere}
.state small{display:block;margin-top:.15rem}
.badge,.risk{display:inline-block;padding:.1rem .55rem;border-radius:99px;font-size:.82rem;background:var(--soft);color:var(--ink)}
.risk{white-space:nowrap}
.badge{border-radius:8px}
.good,.risk-VeryLow,.risk-Low{background:var(--good-soft);color:var(--good)}
.busy{background:var(--busy-soft);color:var(--busy)}
.warning,.risk-Medium{background:var(--warning-soft);color:var(--warning)}
.bad,.risk-High{background:var(--bad-soft);color:var(--bad)}
.proposals tr:first-child>*{padding-bottom:.15rem}
.proposals thead tr>*{padding-bottom:.7rem}
.proposals .more td{padding:0 .6rem .6rem 3rem}
summary{cursor:pointer;color:var(--accent);font-size:.88rem;padding:.15rem 0;width:fit-content}
.members{list-style:none;margin:0;padding:.2rem 0 .4rem}
.members li{display:grid;grid-template-columns:2.4rem minmax(8rem,1fr) minmax(12rem,1fr) minmax(10rem,1fr);gap:.2rem 1rem;padding:.45rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.proposals .members .pick{padding:0;position:static}
.details{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1.4rem 2rem;padding:.6rem 0 1rem}
.details .why,.details .curves,.details .sizes{grid-column:1/-1;margin:0}
.why{max-width:70ch}
.charts{display:flex;flex-wrap:wrap;gap:1rem}
.chart{flex:1 1 17rem;max-width:27rem;min-width:0;height:auto;overflow:visible}
.chart text{font:11px system-ui,sans-serif;fill:var(--quiet)}
.chart .title{font-weight:650;fill:var(--ink);font-size:12px}
.chart path{fill:none}
.grid{stroke:var(--line)}
.curve{stroke:var(--accent);stroke-width:2}
.tail{stroke:var(--accent);stroke-width:1.3;stroke-dasharray:4 3}
.chart .band{fill:var(--band)}
circle.ring{fill:var(--paper);stroke:var(--accent);stroke-width:1.5}
circle.measured{fill:var(--ink)}
path.mark{stroke:var(--quiet);stroke-dasharray:2 3}
path.mark.proposed{stroke:var(--good);stroke-dasharray:none;stroke-width:1.5}
.chart text.mark.proposed{fill:var(--good);font-weight:650}
.scroll{overflow-x:auto}
.sizes table{font-size:.85rem;font-variant-numeric:tabular-nums;min-width:38rem}
.proposals .sizes th,.proposals .sizes td{padding:.3rem .6rem .3rem 0;border-top:1px solid var(--line);white-space:nowrap}
.proposals .sizes thead th{position:static;background:none;border:0;color:var(--quiet)}
.sizes .recommended{color:var(--good);font-weight:600}
.facts{margin:0;font-size:.88rem}
.facts div{display:grid;grid-template-columns:9.5rem 1fr;gap:.6rem;padding:.15rem 0}
.facts dt{color:var(--quiet)}
.facts dd{margin:0;overflow-wrap:anywhere}
.patch{margin:.4rem 0;padding:.7rem .9rem;overflow-x:auto;background:var(--soft);border-radius:8px;font:13px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.patch del,.patch ins{text-decoration:none}
.patch del{color:var(--bad)}
.patch ins{color:var(--good)}
.copy{min-height:2.2rem;font-size:.85rem}
.pager{display:flex;gap:1.5rem;justify-content:center;padding:1rem 0}
.pager a,.pager span{padding:.4rem .2rem}
.bar{display:flex;flex-wrap:wrap;gap:.6rem .9rem;align-items:end;margin:1.2rem 0 0;padding:.8rem 1rem 1rem;background:var(--paper);border:1px solid var(--line);border-radius:12px;min-width:0}
.bar legend{float:left;flex:1 1 100%;font-weight:650;padding:0}
.bar .wide{flex:1 1 14rem}
.bar .all{flex:1 1 100%;order:1;margin:0;font-size:.9rem}
.bar label.tick{display:flex;align-items:center;gap:.6rem;font-size:.9rem;color:var(--ink);min-height:2rem}
.bar .actions{display:flex;gap:.6rem;margin:0}
.approve:not(:disabled){background:var(--approve);border-color:var(--approve);color:var(--on-approve)}
.reject:not(:disabled){color:var(--bad);border-color:var(--bad)}
form:has(.pick input:checked) .bar{position:sticky;bottom:.5rem;z-index:2;box-shadow:0 -2px 24px #0003}
footer{max-width:75ch;margin-top:2rem;font-size:.88rem;color:var(--quiet)}
.refusal{max-width:38rem;padding-top:12vh}
@media (max-width:860px){
.proposals{display:block;background:none;border:0}
.proposals thead{display:none}
.proposals tbody.proposal{display:block;background:var(--paper);border:1px solid var(--line);border-radius:12px;margin-bottom:.75rem;padding:.35rem .9rem .6rem;overflow:clip}
.proposals tbody.proposal>tr{display:grid;grid-template-columns:1.3fr 1fr;gap:0 1rem}
.proposals tbody.proposal>tr>*{display:block;border:0!important;padding:.3rem 0;min-width:0;max-width:none;background:none!important}
.proposals tbody.proposal:has(.pick input:checked){background:var(--busy-soft)}
.proposals tbody.proposal>tr.more{display:block}
.proposals tbody .pick{position:absolute;padding:0}
.proposals .pick input{width:1.5rem;height:1.5rem;margin-top:.5rem}
.proposals tbody.proposal>tr>.function,.proposals tbody.proposal>tr>.reason,.proposals tbody.proposal>tr>.state{grid-column:1/-1}
.proposals tbody.proposal:has(.pick input)>tr>.function{padding-left:2.2rem}
.proposals .num{text-align:left;white-space:normal}
.proposals [data-label]::before{content:attr(data-label);display:block;font-size:.78rem;font-weight:400;color:var(--quiet)}
.members li{grid-template-columns:2.2rem 1fr}
.members li>*{grid-column:2}
.members li>.pick{grid-column:1}
.members li>label{padding-top:.4rem}
.proposals .details table{display:table}
.facts div{grid-template-columns:1fr;gap:0;padding:.3rem 0}
.filters label{flex:1 1 8rem}
.filters select{width:100%}
.bar label{flex:1 1 100%}
.bar .actions{flex:1 1 100%;order:2}
.bar .actions button{flex:1 1 0;min-width:0;padding:.4rem;justify-content:center}
.bar input{scroll-margin-bottom:7rem}
.why{display:none}
.summary div{padding:.6rem .75rem}
.summary strong{font-size:1.25rem}
.filters button{flex:1 1 100%;justify-content:center}
form:has(.pick input:checked) .bar{position:static;box-shadow:none}
form:has(.pick input:checked) .bar .actions{position:fixed;left:0;right:0;bottom:0;z-index:2;padding:.7rem clamp(.75rem,2.5vw,2rem) calc(.7rem + env(safe-area-inset-bottom));background:var(--paper);border-top:1px solid var(--line);box-shadow:0 -2px 24px #0003}
form:has(.pick input:checked){padding-bottom:4.5rem}
}
@media (prefers-reduced-motion:no-preference){.proposals tbody>tr>*,.bar{transition:background .12s}}
@media print{.bar,.filters,.pager,.pick{display:none}}
`;
