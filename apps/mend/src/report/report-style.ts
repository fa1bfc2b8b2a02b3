/** Styles of the report: one column on a phone, two beside each other on a desk, paper in black and white. */
export const reportStyle = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#566074;--paper:#fff;--panel:#f5f7fa;--line:#d5dbe5;--main:#0b5cab;
--proved:#0a6b3d;--proved-bg:#dff3e7;--likely:#8a4b00;--likely-bg:#fdeed3;--accepted:#0b5cab;--accepted-bg:#dcebfb;--lost:#a3142b;--lost-bg:#fbe0e4;--stated:#6a2c91;--stated-bg:#f0e3f8}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf2;--soft:#aab4c4;--paper:#12161d;--panel:#1b212b;--line:#39424f;--main:#7db8f5;
--proved:#7fdcaa;--proved-bg:#123524;--likely:#f3c073;--likely-bg:#3b2a0c;--accepted:#8fc3f9;--accepted-bg:#10304f;--lost:#ff9aa8;--lost-bg:#45131c;--stated:#d7a8f2;--stated-bg:#33184a}}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);font:1rem/1.7 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
p{margin:.5rem 0}.en{color:var(--soft)}a{color:var(--main)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.75rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code,.text{font-family:ui-monospace,"Sarasa Mono SC","Noto Sans Mono CJK SC",monospace;font-size:.92rem;overflow-wrap:anywhere}
ul.legend{list-style:none;padding:0;display:grid;gap:.4rem}
mark{color:inherit;border-radius:.2rem;padding:0 .15rem;border-bottom:.15rem solid}
.proved{color:var(--proved);background:var(--proved-bg);border-bottom-style:solid}.likely{color:var(--likely);background:var(--likely-bg);border-bottom-style:dashed}
.accepted{color:var(--accepted);background:var(--accepted-bg);border-bottom-style:double}.lost{color:var(--lost);background:var(--lost-bg);border-bottom-style:dotted}
.stated{color:var(--stated);background:var(--stated-bg);border-bottom-style:double}
.pair{display:grid;gap:.75rem;border:1px solid var(--line);border-radius:.5rem;padding:.75rem;margin:.75rem 0;background:var(--panel)}
.pair h4{margin:0 0 .25rem;font-size:.85rem;color:var(--soft);font-weight:600}.pair .text{white-space:pre-wrap;margin:0}
@media (min-width:48rem){.pair{grid-template-columns:1fr 1fr}.pair .why{grid-column:1/-1}}
.why{margin:0;padding:0;list-style:none;border-top:1px solid var(--line)}.why li{padding:.5rem 0 0}
.alarm{border-inline-start:.3rem solid var(--lost);padding:.25rem .75rem;margin:.75rem 0}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem}th,td{padding:.35rem .75rem .35rem 0;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}tbody th{font-weight:400;overflow-wrap:anywhere;min-width:12rem}td{font-variant-numeric:tabular-nums}thead th,td{white-space:nowrap}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.35rem}}
@media print{.pair{break-inside:avoid}body{font-size:10pt}}
`;
