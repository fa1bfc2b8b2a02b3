import type { HoldState } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { kindNames } from '@chengmen/model';
import { titleIn, type Revision } from '@chengmen/revision';
import type { Problem } from '../desk-forms.ts';
import { addressGroups, type Probe, type Removal } from '../removals.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface WithdrawalState {
  readonly shown: Revision;
  /** Or what holds a withdrawal back. */
  readonly removal: Removal | Problem;
  readonly typed: { readonly reason: string; readonly at: string };
  readonly problem?: Problem | undefined;
}

/** What a withdrawal takes from which addresses, and the form that asks for its reason. Looking changes nothing. */
export function withdrawalPage(page: DeskPage, { shown, removal, typed, problem }: WithdrawalState): SafeHtml {
  const { item, kind, fields } = shown;
  const title = titleIn(fields, item);
  const body =
    'zh' in removal
      ? html`${problemBox(removal)}
          <p><a class="button quiet" href="/items/${item}">回到条目</a></p>`
      : html`<p>
            ${kindNames[kind].zh}“${title}”撤回后，公众在下列地址都看不到它；现在什么也还没有变。<span lang="en"
              >Once it is withdrawn, the public finds it at none of these addresses. Nothing has changed yet.</span
            >
          </p>
          ${effects(removal)} ${reasonForm(page, item, typed)}`;
  return frame(page, `撤回“${title}”`, html`${problemBox(problem)} ${body}`);
}

/** What goes from where, what is made again without it, and what stays. */
export function effects({ gone, remade, siteWide, stays, named }: Removal): SafeHtml {
  return html`<section>
      <h2>这些地址将答“已撤回”和理由（${gone.length}）</h2>
      ${gone.length === 0 ? html`<p>它没有自己的地址。<span lang="en">It has no address of its own.</span></p>` : groups(gone)}
    </section>
    ${named && heldBack(named)}
    <section>
      <h2>
        ${named ? '解除封存以后，这些页面才重做' : '这些页面将重做'}，不再列出、链接它${!siteWide && html`（${remade.length}）`}
      </h2>
      ${
        siteWide
          ? html`<p>几乎每一页都会重做。<span lang="en">Nearly every page is made again.</span></p>`
          : remade.length === 0
            ? html`<p>没有别的页面提到它。<span lang="en">No other page mentions it.</span></p>`
            : groups(remade)
      }
    </section>
    ${
      stays.length > 0 &&
      html`<section>
        <h2>这些不会随它撤下</h2>
        <p>
          它们有自己的地址和审签，别处也可能用到。要撤，请逐个撤回。<span lang="en"
            >They have addresses and reviews of their own and may be used elsewhere. Withdraw each by itself.</span
          >
        </p>
        <ul>
          ${stays.map(({ item, title, as }) => html`<li>${as === 'file' ? '图片或附件' : '译文'}：<a href="/items/${item}">${title}</a></li>`)}
        </ul>
      </section>`
    }`;
}

/** While the site is held only its own pages go: what else names it is not made again. */
function heldBack(named: readonly string[]): SafeHtml {
  return html`<section class="problem">
    <h2>发布已封存：它的页面即刻撤下，别处的标题撤不下来</h2>
    <p>
      封存的一版不重做列表、订阅和网站地图，解除封存以前${named.length > 0 ? '，读到的这些页面仍会有它的标题' : '，那里仍可能有它的标题'}。标题也不能留的，请提出解除封存，或退回到更早的一版。<span
        lang="en"
        >The site is held: its own pages go at once, but lists, feeds and site maps are not made again before the hold
        ends. ${named.length} pages were found to name it.</span
      >
    </p>
    ${groups(named)}
  </section>`;
}

/** More than so many are folded. */
const foldFrom = 12;

function groups(paths: readonly string[]): SafeHtml {
  return html`${addressGroups(paths).map(
    ({ name, paths: some }) =>
      html`<details ${some.length <= foldFrom ? html` open` : undefined}>
        <summary>${name}（${some.length}）</summary>
        <ul class="changed">
          ${some.map((path) => html`<li><code>${path}</code></li>`)}
        </ul>
      </details>`,
  )}`;
}

function reasonForm(page: DeskPage, item: string, typed: WithdrawalState['typed']): SafeHtml {
  return html`<form class="editor" method="post" action="/items/${item}/withdraw">
    ${tokenField(page)}
    <p>
      <label for="reason">理由（将在原地址公布）</label
      ><input id="reason" name="reason" required maxlength="500" value="${typed.reason}" />
    </p>
    <p>
      <label for="when">定时撤回（北京时间；不填即刻撤回）</label
      ><input id="when" name="at" type="datetime-local" value="${typed.at}" />
    </p>
    <p><button class="danger">撤回</button> <a class="button quiet" href="/items/${item}">不撤回</a></p>
  </form>`;
}

/** What reading the release that serves has shown of something withdrawn. */
export function probeSection(item: string, probe: Probe | 'unread', { held }: Pick<HoldState, 'held'>): SafeHtml {
  if (probe === 'unread')
    return html`<section>
      <h2>撤回核实</h2>
      <div class="problem">
        <p>
          正在对外服务的一版没有读成，是否已全部撤下还不知道。请<a href="/items/${item}">再看一次</a
          >；一直如此，请告诉运维人员。
        </p>
        <p lang="en">
          The release that serves could not be read: whether it is gone everywhere is not known. Look again; should it
          stay so, tell an operator.
        </p>
      </div>
    </section>`;
  const { release, since, addresses, left, more } = probe;
  const when = at(probe.at);
  return html`<section>
    <h2>撤回核实</h2>
    ${
      left.length === 0
        ? html`<p class="notice">
            ${more ? '读过的地址都已撤下' : '已全部撤下'}：${when} 读了第 ${release} 版（正在对外服务的一版）的
            ${addresses.length}
            个地址，没有一处还有它。${more && html`还有更多地址没有读。`}${since !== undefined && html`它自第 ${since} 版起撤下。`}
            <span lang="en"
              >Gone ${more ? 'wherever it was looked for; there are more addresses' : 'everywhere'}: confirmed at
              ${when} by reading ${addresses.length} addresses of release ${release}, the one that serves.</span
            >
          </p>`
        : held
          ? html`<div class="problem">
              <p>
                它自己的页面已撤下，但发布封存于第 ${held.release} 版，封存期间列表不重做：${when} 读第 ${release}
                版，${left.length}
                处还有它${more && '，还有更多地址没有读'}。标题也不能留的，请提出解除封存，或退回到更早的一版。
              </p>
              <p lang="en">
                The site is held, and lists are not made again: ${left.length} addresses of release ${release} still
                have it. End the hold or go back further where the title must go too.
              </p>
              ${groups(left)}
            </div>`
          : html`<div class="problem">
              <p>
                还没有全部撤下：${when} 读第 ${release} 版，${left.length} 处还有它。付印通常不到一秒，请<a
                  href="/items/${item}"
                  >再看一次</a
                >；一直如此，请告诉运维人员。
              </p>
              <p lang="en">
                Not gone yet: at ${when} release ${release} still has it at ${left.length} addresses. Publishing takes
                less than a second: look again. Should it stay so, tell an operator.
              </p>
              ${groups(left)}
            </div>`
    }
    ${
      since === undefined &&
      left.length === 0 &&
      html`<p>
        撤下它的那一版太早或已清除，只读了它自己的地址。<span lang="en"
          >The release that took it away lies too far back or was pruned: its own address alone was read.</span
        >
      </p>`
    }
    ${
      left.length === 0 &&
      addresses.length > 1 &&
      html`<details>
        <summary>读过的地址（${addresses.length}）</summary>
        ${groups(addresses)}
      </details>`
    }
  </section>`;
}
