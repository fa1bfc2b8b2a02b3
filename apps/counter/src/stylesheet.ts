/** The counter's one stylesheet: large type and few things, for a phone held at arm's length. */
export const stylesheet = `:root{color-scheme:light dark;--ink:#16222e;--soft:#4a5968;--paper:#fff;--wash:#eef4f7;--line:#8595a3;--main:#0b5d7a;--on-main:#fff;--warn:#9c2a10;--warn-wash:#fdf0ec}
@media(prefers-color-scheme:dark){:root{--ink:#e8eef2;--soft:#b3c1cc;--paper:#10181f;--wash:#1a252e;--line:#6d7f8d;--main:#7cc7e3;--on-main:#06222e;--warn:#ffb4a0;--warn-wash:#3a1c14}}
@media(prefers-contrast:more){:root{--ink:#000;--soft:#000;--line:#000;--main:#003a52}}
@media(prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ink:#fff;--soft:#fff;--line:#fff;--main:#b8e8fa}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.75 "PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",system-ui,sans-serif}
.measure{max-inline-size:46rem;margin-inline:auto;padding-inline:1.25rem}
.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static;display:block;padding:.5rem 1rem}
.demonstration{margin:0;padding:.375rem 1.25rem;background:var(--warn-wash);color:var(--warn);text-align:center;font-size:.9375rem}
.masthead{background:var(--wash);border-block-end:1px solid var(--line)}
.masthead .measure{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;justify-content:space-between;padding-block:.75rem}
.brand{margin:0;font-size:1.375rem;font-weight:700}.brand a{color:inherit;text-decoration:none}.brand span{color:var(--main);margin-inline-start:.5rem}
nav{display:flex;flex-wrap:wrap;gap:0 1rem}nav a{display:inline-flex;align-items:center;min-block-size:44px}
a{color:var(--main);text-underline-offset:.2em}
h1{font-size:clamp(1.75rem,1.4rem + 1.8vw,2.5rem);line-height:1.3;margin-block:2rem 1rem}h2{font-size:1.375rem;margin-block:2rem .5rem}
.lead{font-size:1.25rem}.lead span{display:block;color:var(--soft);font-size:1rem}
.choices{list-style:none;margin:2rem 0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(16rem,100%),1fr))}
.choices a{display:block;padding:1.25rem;background:var(--wash);border:1px solid var(--line);border-radius:.75rem;text-decoration:none;min-block-size:6rem}
.choices a:hover{border-color:var(--main)}.choices strong{display:block;font-size:1.375rem}.choices span{color:var(--soft)}
form p,fieldset{margin:0 0 1.5rem}fieldset{border:0;padding:0}legend,label{font-weight:600}.options{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}.options label{font-weight:400;display:inline-flex;gap:.5rem;align-items:center;min-block-size:44px}
.hint{display:block;color:var(--soft);font-size:1rem}
input[type=radio]{inline-size:1.375rem;block-size:1.375rem;accent-color:var(--main)}
input:not([type=radio]),textarea{display:block;inline-size:100%;margin-block-start:.375rem;padding:.625rem .75rem;font:inherit;color:inherit;background:var(--paper);border:2px solid var(--line);border-radius:.5rem;min-block-size:3rem}
[aria-invalid]{border-color:var(--warn)!important}
button,.button{display:inline-block;min-block-size:3rem;padding:.625rem 2rem;border:0;border-radius:.5rem;background:var(--main);color:var(--on-main);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
:focus-visible{outline:3px solid var(--main);outline-offset:3px}
.problem{border-inline-start:.375rem solid var(--warn);background:var(--warn-wash);padding:.75rem 1.25rem;margin-block-end:1.5rem}.problem p{margin:0}
.facts div{display:flex;flex-wrap:wrap;gap:0 1rem;padding-block:.5rem;border-block-end:1px solid var(--line)}.facts dt{inline-size:6em;color:var(--soft)}.facts dd{margin:0;font-weight:600}
.code{font-family:ui-monospace,"SF Mono",Consolas,monospace;letter-spacing:.08em;font-size:1.375rem}
blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line)}.by{color:var(--soft)}
footer{margin-block:4rem 2rem;color:var(--soft);font-size:1rem;border-block-start:1px solid var(--line);padding-block-start:1rem}
`;
