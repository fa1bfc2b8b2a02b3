import { updateMap, pageReader, emptyMap, hashOf, proveInMap, encodeEntry } from '@chengmen/release';
const p=(t)=>({hash:hashOf(Buffer.from(t)),size:t.length});
for (const n of [10000,100000,1000000]) {
const files=new Map(); const read=pageReader({get:async n=>files.get(n)});
const e=(i)=>({status:200,type:'text/html; charset=utf-8',...p('b'+i),gz:p('g'),br:p('r'),provenance:p('v').hash});
let root=emptyMap; const t=performance.now();
for (let a=0;a<n;a+=50000){ const u=await updateMap(read,root,Array.from({length:Math.min(50000,n-a)},(_, i)=>[`/news/2026/11/01/a${a+i}.html`,e(a+i)])); for (const [k,b] of u.pages) files.set(k,b); root=u.root; }
const t2=performance.now(); let pages=0,bytes=0;
for (let i=0;i<200;i++){ const u=await updateMap(read,root,Array.from({length:1},()=>[`/news/2026/11/01/a${i*7}.html`,e(-i)])); pages+=u.pages.size; for(const b of u.pages.values()) bytes+=b.length; }
const t3=performance.now();
let max=0,sum=0; for(let i=0;i<300;i++){ const q=await proveInMap(read,root,`/news/2026/11/01/a${i*31}.html`); const text=Buffer.from([q.path,encodeEntry(q.entry),'-',...q.siblings.map(h=>Buffer.from(h,'hex').toString('base64'))].join('\n')).toString('base64').length; max=Math.max(max,text); sum+=q.siblings.length; }
console.log(n,'build ms',Math.round(t2-t),'update of one path ms',((t3-t2)/200).toFixed(2),'pages',pages/200,'bytes',Math.round(bytes/200),'proof extra max',max,'siblings avg',sum/300);
}
