import { html, type SafeHtml } from '@chengmen/html';
import { chainProblems, type ChainReport } from '@chengmen/ledger';
import { auditTabs } from './audit.ts';
import { at, frame, type DeskPage } from './frame.ts';

/** Verifying the chain of events: asked for by a button, since it reads all of it. */
export function chainPage(page: DeskPage, report: ChainReport | undefined): SafeHtml {
  return frame(
    page,
    '审计：校验事件链',
    html`${auditTabs('/audit/chain')} ${report && verdict(report)}
      <form method="get" action="/audit/chain">
        <input type="hidden" name="verify" value="yes" />
        <button>${report ? '再校验一次' : '现在校验'} <span lang="en">Verify now</span></button>
      </form>
      <p>
        逐条重算哈希，核对每一条所记的上一条，直到账本的最后一条；事件多时要几秒。在命令行：<code
          >chengmen audit verify</code
        >。
        <span lang="en"
          >Every hash is reckoned again and every link followed up to the last command. On the command line:
          <code>chengmen audit verify</code>.</span
        >
      </p>
      <p>
        能直接改数据库的人可以把整条链重做一遍，链自己看不出来：请把最后一条的序号和哈希、或带证明的导出文件，存在数据库之外，日后同新的核对（<code
          >chengmen audit verify 旧文件 新文件</code
        >）。
        <span lang="en"
          >Whoever can write to the database could make the whole chain anew. Keep the last number and hash, or an
          exported file, elsewhere, and compare them later.</span
        >
      </p>`,
  );
}

function verdict({ events, from, to, head, broken }: ChainReport): SafeHtml {
  const span = html`${events} 条${from !== null && to !== null && html`，从 ${at(from)} 到 ${at(to)}`}`;
  if (broken)
    return html`<div class="problem" role="alert">
      <p>
        事件链在第 <a href="/audit?before=${broken.seq + 1}">${broken.seq}</a>
        条断开：${chainProblems[broken.problem].zh}。此前 ${span}，相符。
      </p>
      <p lang="en">The chain breaks at ${broken.seq}: ${chainProblems[broken.problem].en}.</p>
    </div>`;
  return html`<div class="notice" role="status">
    <p>事件链完整：${span}，逐条相符。<span lang="en">The chain of ${events} events is whole.</span></p>
    <p>最后一条：第 ${head.seq} 条 <code>${head.hash}</code></p>
  </div>`;
}
