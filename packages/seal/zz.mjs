import { createSealer, DirectoryStore, generateKey, signerOf } from '@chengmen/seal';
import { proofOf } from '@chengmen/release';
import { rmSync, writeFileSync } from 'node:fs';
rmSync('/tmp/rel3',{recursive:true,force:true});
const k=generateKey('linjiang.example/releases'); const store=new DirectoryStore('/tmp/rel3');
const s=createSealer({store,signer:signerOf(k.skey),site:'linjiang'});
for (let i=0;i<300;i++) await s.seal([{path:'/',entry:{status:200,type:'text/html',body:Buffer.from('x'+i),provenance:Buffer.from('{}')}}]);
writeFileSync('/tmp/p.tlog-proof',(await proofOf({store,key:k.vkey,path:'/'})).text); console.log(k.vkey);
