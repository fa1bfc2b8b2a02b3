/** The desk's one stylesheet: dense but calm, keyboard first. */
export const stylesheet = `:root{color-scheme:light dark;--ink:#17222d;--soft:#4c5a67;--paper:#fff;--wash:#f1f5f7;--line:#8795a2;--hair:#d5dde3;--main:#0b5d7a;--on-main:#fff;--warn:#9c2a10;--warn-wash:#fdf0ec;--good:#1d5c34;--good-wash:#edf7f0}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf2;--soft:#b2bfca;--paper:#111920;--wash:#1a252e;--line:#728391;--hair:#33414d;--main:#7cc7e3;--on-main:#06222e;--warn:#ffb4a0;--warn-wash:#3a1c14;--good:#a5dfb9;--good-wash:#16301f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.65 "PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",system-ui,sans-serif}
.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static;display:block;padding:.5rem 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 2rem;align-items:center;padding:.5rem 1.5rem;background:var(--wash);border-block-end:1px solid var(--hair)}
.brand{margin:0;font-weight:700;font-size:1.125rem}.brand a{color:inherit;text-decoration:none}.brand span,h1 span{color:var(--main);margin-inline-start:.5rem}
nav{flex:1}nav ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;list-style:none;margin:0;padding:0}nav a{display:inline-flex;gap:.375rem;align-items:baseline;min-block-size:44px;line-height:44px;text-decoration:none}nav a:hover{text-decoration:underline}nav span{font-size:.8125rem;color:var(--soft)}
.count{display:inline-block;min-inline-size:1.5em;padding-inline:.4em;border-radius:1em;background:var(--main);color:var(--on-main);text-align:center;font-size:.875rem;line-height:1.6}
.who{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center}.who span{color:var(--soft);font-size:.875rem}
main{max-inline-size:78rem;margin-inline:auto;padding:1rem 1.5rem 4rem}
h1{font-size:1.75rem;line-height:1.35;margin-block:1rem}h2{font-size:1.25rem;margin-block:2rem .5rem}h2 small{font-weight:400;color:var(--soft)}
a{color:var(--main);text-underline-offset:.2em}
table{border-collapse:collapse;inline-size:100%;margin-block:1rem}caption{text-align:start;font-weight:700;font-size:1.125rem;padding-block:.5rem}th,td{text-align:start;vertical-align:top;padding:.5rem .75rem;border-block-end:1px solid var(--hair);overflow-wrap:anywhere}thead th{color:var(--soft);font-weight:600;white-space:nowrap}
.fields th[scope=row]{inline-size:8rem;font-weight:600}.fields td{white-space:pre-wrap}.before{background:var(--warn-wash)}.after{background:var(--good-wash)}pre{margin:0;white-space:pre-wrap;font-size:.875rem}code{font-family:ui-monospace,"SF Mono",Consolas,monospace;font-size:.875em}
.payload{display:inline-block;max-inline-size:36rem}
.task{display:inline-block;padding:.125rem .625rem;border-radius:1rem;background:var(--wash);border:1px solid var(--line);white-space:nowrap}.task.rewrite,.late{color:var(--warn)}
.notice{padding:.625rem 1rem;background:var(--good-wash);color:var(--good);border-inline-start:.25rem solid}.problem{padding:.625rem 1rem;background:var(--warn-wash);color:var(--warn);border-inline-start:.25rem solid;margin-block:1rem}.problem p,.notice{margin-block:.25rem}
.empty{padding:3rem 0;color:var(--soft);font-size:1.125rem}.empty span,.notice span{display:block;font-size:.875rem}
.actions{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start;margin-block:1rem;padding:1rem;background:var(--wash);border-radius:.5rem}.actions:empty{display:none}.actions .review{flex:1;min-inline-size:min(24rem,100%)}.actions p{margin:0 0 .5rem}
form p{margin-block:0 1rem}.row{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr))}label{font-weight:600}.check label,fieldset label{font-weight:400;display:inline-flex;gap:.375rem;align-items:center;min-block-size:2.5rem;margin-inline-end:1rem}fieldset{border:0;padding:0;margin:0 0 1rem}legend{font-weight:600}
input:not([type=checkbox],[type=hidden]),textarea,select{display:block;inline-size:100%;margin-block-start:.25rem;padding:.5rem .625rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.375rem;min-block-size:2.75rem}
input[type=checkbox]{inline-size:1.25rem;block-size:1.25rem;accent-color:var(--main)}textarea{font-size:1rem}.code{font-family:ui-monospace,"SF Mono",Consolas,monospace;font-size:.9375rem}
.filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}.filter select{inline-size:auto;min-inline-size:8rem}
button,.button{display:inline-block;min-block-size:2.75rem;padding:.5rem 1.25rem;border:1px solid var(--main);border-radius:.375rem;background:var(--main);color:var(--on-main);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}.quiet{background:transparent;color:var(--main)}.danger{background:transparent;border-color:var(--warn);color:var(--warn)}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.history li{margin-block:.5rem}blockquote{margin:.25rem 0 .25rem 1rem;padding-inline-start:.75rem;border-inline-start:3px solid var(--line)}
.accounts{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr))}.accounts li{padding:1rem;border:1px solid var(--hair);border-radius:.5rem}.accounts h2{margin:0 0 .5rem}.accounts form{margin-block-start:.5rem}
.grants{list-style:none;padding:0;margin:.5rem 0}.accounts .grants li{border:0;padding:.25rem 0;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center}.grants form,.buttons form{margin:0!important}.grants small{color:var(--soft)}.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin-block-start:.5rem}summary{min-block-size:2.75rem;line-height:2.75rem;cursor:pointer}
.findings{list-style:none;padding:0;margin:.5rem 0;display:grid;gap:.5rem}.findings li{padding:.5rem .875rem;border-inline-start:.25rem solid var(--line);background:var(--wash)}.findings .must{border-color:var(--warn);background:var(--warn-wash)}.findings .must b{color:var(--warn)}.findings .overruled{border-color:var(--good)}.findings p{margin:.125rem 0}.findings q{overflow-wrap:anywhere}.findings form p{margin-block:.25rem}.good{color:var(--good)}
.facts{overflow-wrap:anywhere}.narrow{max-inline-size:26rem}.qr{inline-size:min(15rem,100%);block-size:auto}.secret{font-size:1.125rem}.codes{columns:2;max-inline-size:26rem;font-size:1.125rem}.codes li{margin-block:.375rem}p>span[lang=en]{display:block;font-size:.875rem;color:var(--soft)}
.sign-in{max-inline-size:24rem;padding-block-start:12vh}
figure{margin:0 0 1rem}img{display:block;max-inline-size:100%;max-block-size:28rem;inline-size:auto;block-size:auto}
iframe{inline-size:100%;block-size:80vh;border:1px solid var(--line);background:#fff}
.choices ul{margin-block:.25rem}.choices [aria-current]{font-weight:700;text-decoration:underline;text-decoration-thickness:.2em}.screen{overflow-x:auto;padding:.25rem;inline-size:calc(100vw - 3rem);margin-inline:calc(50% - 50vw + 1.5rem)}.preview figcaption{margin-block-end:.5rem;overflow-wrap:anywhere}.preview iframe{display:block}.w360{inline-size:360px;max-inline-size:none}.w768{inline-size:768px}.w1440{inline-size:1440px}.wprint{inline-size:210mm}.changed{columns:2 18rem}
@media(max-width:48rem){.list thead{position:absolute;inset-inline-start:-99rem}.list tr{display:block;padding-block:.5rem;border-block-end:1px solid var(--hair)}.list td{display:inline-block;border:0;padding:.125rem .75rem .125rem 0}main,header{padding-inline:1rem}}
`;
