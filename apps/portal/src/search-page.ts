import { html, printHtml, type SafeHtml } from '@chengmen/html';
import { kindNames, rootOf, searchAddress, searchPath, validities, type SearchForm } from './search-form.ts';
import type { Hit, Piece, SearchAnswer } from './search-port.ts';

/** Why there are no results to show. */
export type SearchTrouble = 'unavailable' | 'busy' | 'too-fast';

/** The places in the release's own search page between which results stand. */
const begin = '<!--search-->';
const end = '<!--/search-->';
const canonical = /<link rel="canonical"[^>]*>/;
const unkept = '<meta name="robots" content="noindex">';

/** Whether a page has a place for results. */
export function isSearchPage(page: string): boolean {
  const from = page.indexOf(begin);
  return from >= 0 && page.includes(end, from);
}

/** The search page of the release with its form filled in and results in it. Results have no address of their own: no engine is to keep them. */
export function fillSearchPage(page: string, form: SearchForm, found: SearchAnswer | SearchTrouble): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  const words = wordsOf(form);
  const inside = html`${searchForm(form, typeof found === 'string' ? undefined : found, words)}
  ${typeof found === 'string' ? trouble(form, found, words) : results(form, found, words)}`;
  const before = page.slice(0, from + begin.length).replace(canonical, unkept);
  const filled = before + printHtml(spoken(form, page, inside)) + page.slice(to);
  if (form.edition.startsWith('/')) return filled;
  // The switch between scripts leads to the same results.
  return (['zh-Hans', 'zh-Hant'] as const).reduce(
    (text, edition) =>
      text.replaceAll(`href="${searchPath(edition)}"`, () =>
        printHtml(html`href="${searchAddress(form, { edition })}"`),
      ),
    filled,
  );
}

const word = (words: Words, [hans, hant, en]: readonly [string, string, string]): string => words(hans, hant, en);

/** English on a page of another language is marked as such. */
function spoken({ edition }: SearchForm, page: string, inside: SafeHtml): SafeHtml {
  const isEnglish = !edition.startsWith('/') || /<html lang="en\b/.test(page);
  return isEnglish ? inside : html`<div lang="en" dir="ltr">${inside}</div>`;
}

/** Words of the edition. Of foreign languages the portal speaks English alone. */
type Words = (hans: string, hant: string, en: string) => string;

function wordsOf({ edition }: SearchForm): Words {
  return (hans, hant, en) => (edition === 'zh-Hans' ? hans : edition === 'zh-Hant' ? hant : en);
}

function searchForm(form: SearchForm, found: SearchAnswer | undefined, words: Words): SafeHtml {
  const { query, filters, edition } = form;
  const chosen = chosenFilters(form, found, words);
  const kinds = Object.entries(kindNames).map(([value, names]) => [value, word(words, names)] as const);
  return html`<form
    class="search-form"
    role="search"
    aria-label="${words('检索', '檢索', 'Search')}"
    action="${searchPath(edition)}"
  >
    <div class="search-row">
      <label class="hidden" for="q">${words('检索词', '檢索詞', 'Search words')}</label
      ><input id="q" name="q" type="search" value="${query}" maxlength="200" autocomplete="off" required />
      <button class="button">${words('搜索', '搜尋', 'Search')}</button>
    </div>
    <details class="search-more">
      <summary>
        ${words('筛选', '篩選', 'Filters')}${chosen.length > 0 && `${words('：', '：', ': ')}${chosen.join(words('、', '、', ', '))}`}
      </summary>
      <div class="search-filters">
        ${choice(
          'in',
          words('栏目', '欄目', 'Section'),
          filters.channel,
          words,
          (found?.channels ?? []).map(({ path, name }) => [path, name]),
        )}
        ${choice('type', words('类型', '類型', 'Type'), filters.kind, words, kinds)}
        ${choice('dept', words('部门', '部門', 'Department'), filters.department, words, withChosen(found?.departments ?? [], filters.department))}
        ${choice(
          'valid',
          words('有效性', '有效性', 'Validity'),
          filters.validity,
          words,
          validities.map((names) => [names[0], word(words, names)]),
        )}
        ${day('from', words('起始日期', '起始日期', 'From'), filters.from)}
        ${day('to', words('截止日期', '截止日期', 'Until'), filters.to)}
        ${choice('sort', words('排序', '排序', 'Order'), form.order === 'newest' ? 'date' : '', words, [['date', words('最新在前', '最新在前', 'Newest first')]], words('最相关在前', '最相關在前', 'Most relevant first'))}
        <div class="search-apply"><button class="button button-quiet">${words('应用', '套用', 'Apply')}</button></div>
      </div>
    </details>
  </form>`;
}

/** What narrows the results, to be seen without opening anything. */
function chosenFilters(form: SearchForm, found: SearchAnswer | undefined, words: Words): readonly string[] {
  const { channel, kind, department, validity, from, to } = form.filters;
  const name = found?.channels.find(({ path }) => path === channel)?.name ?? channel;
  const kindName =
    kind !== undefined && Object.hasOwn(kindNames, kind) ? kindNames[kind as keyof typeof kindNames] : undefined;
  const dates = from !== undefined || to !== undefined ? `${from ?? ''}—${to ?? ''}` : undefined;
  return [
    name,
    kindName && word(words, kindName),
    department,
    validity === undefined ? undefined : validityName(validity, words),
    dates,
    form.order === 'newest' ? words('最新在前', '最新在前', 'Newest first') : undefined,
  ].flatMap((one) => one ?? []);
}

function withChosen(names: readonly string[], chosen: string | undefined): (readonly [string, string])[] {
  return (chosen === undefined || names.includes(chosen) ? names : [chosen, ...names]).map((name) => [name, name]);
}

function choice(
  name: string,
  label: string,
  chosen: string | undefined,
  words: Words,
  options: readonly (readonly [value: string, name: string])[],
  any: string = words('不限', '不限', 'Any'),
): SafeHtml {
  return html`<div>
    <label for="${`f-${name}`}">${label}</label
    ><select id="${`f-${name}`}" name="${name}">
      <option value="">${any}</option>
      ${options.map(
        ([value, text]) => html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option> `,
      )}
    </select>
  </div>`;
}

function day(name: string, label: string, value: string | undefined): SafeHtml {
  return html`<div>
    <label for="${`f-${name}`}">${label}</label
    ><input id="${`f-${name}`}" name="${name}" type="date" value="${value ?? ''}" />
  </div>`;
}

function trouble({ edition }: SearchForm, which: SearchTrouble, words: Words): SafeHtml {
  const [what, todo] = {
    unavailable: [
      words('检索暂时不能使用。', '檢索暫時不能使用。', 'The search is not available just now.'),
      words(
        '其他页面不受影响，可以从栏目导航或网站地图查找，稍后再来检索。',
        '其他頁面不受影響，可以從欄目導航或網站地圖查找，稍後再來檢索。',
        'All other pages are: try the menu or the site map, and search again later.',
      ),
    ],
    busy: [
      words('现在检索的人较多。', '現在檢索的人較多。', 'Many people are searching just now.'),
      words('请稍等片刻再试。', '請稍等片刻再試。', 'Please try again in a moment.'),
    ],
    'too-fast': [
      words('检索得太频繁了。', '檢索得太頻繁了。', 'That was many searches in a short time.'),
      words(
        '为了让大家都能使用，请稍等片刻再试。',
        '為了讓大家都能使用，請稍等片刻再試。',
        'So that there is room for everybody, please wait a moment and try again.',
      ),
    ],
  }[which];
  return html`<div class="search-notice" role="status">
    <p class="search-said">${what}</p>
    <p>${todo} <a href="${`${rootOf(edition)}/sitemap.html`}">${words('网站地图', '網站地圖', 'Site map')}</a></p>
  </div>`;
}

function results(form: SearchForm, found: SearchAnswer, words: Words): SafeHtml {
  const { hits, count } = found;
  return html`${notices(form, found, words)}
  ${
    hits.length === 0
      ? nothing(form, found, words)
      : html`<p class="search-count" role="status">
            ${words(`${count} 条结果`, `${count} 條結果`, count === 1 ? '1 result' : `${count} results`)}
          </p>
          <ol class="found">
            ${hits.map((hit) => result(hit, words))}
          </ol>
          ${turnPages(form, found, words)}`
  }`;
}

function notices(form: SearchForm, { behind, cut, relaxed, hits, meant }: SearchAnswer, words: Words): SafeHtml {
  const percent = behind ? Math.floor((behind.done / Math.max(1, behind.total)) * 100) : 0;
  return html`${
    behind?.first === true &&
    html`<p class="search-note">
      ${words(
        `检索索引正在建立（${percent}%），结果还不完整。`,
        `檢索索引正在建立（${percent}%），結果還不完整。`,
        `The index is being made (${percent}%); results are not complete yet.`,
      )}
    </p>`
  }
  ${cut && html`<p class="search-note">${words('检索词较长，只用了前面的部分。', '檢索詞較長，只用了前面的部分。', 'Your query is long; only the first part of it was used.')}</p>`}
  ${
    relaxed.length > 0 &&
    hits.length > 0 &&
    html`<p class="search-note">
      ${words('没有连在一起的内容，以下页面分别含有：', '沒有連在一起的內容，以下頁面分別含有：', 'No page has all of these words. These pages have some of them: ')}${relaxed.join(' ')}
    </p>`
  }
  ${meant.length > 0 && maybe(form, meant, words)}`;
}

function maybe(form: SearchForm, meant: readonly string[], words: Words): SafeHtml {
  return html`<p class="search-note">
    ${words('您要找的是不是：', '您要找的是不是：', 'Did you mean: ')}${meant.map(
      (query) => html`<a class="quiet" href="${searchAddress(form, { query, page: 1 })}">${query}</a> `,
    )}
  </p>`;
}

function nothing(form: SearchForm, { behind }: SearchAnswer, words: Words): SafeHtml {
  const narrowed = Object.values(form.filters).some((value) => value !== undefined);
  return html`<div class="search-notice" role="status">
    <p class="search-said">${words('没有找到相关内容。', '沒有找到相關內容。', 'Nothing was found.')}</p>
    <ul class="plain-list">
      ${
        narrowed &&
        html`<li>
          <a href="${searchAddress(form, { filters: {}, page: 1 })}"
            >${words('去掉筛选条件再找', '去掉篩選條件再找', 'Search again without the filters')}</a
          >
        </li>`
      }
      <li>
        ${words('换一个更短或更常用的说法，例如只写事项名称。', '換一個更短或更常用的說法，例如只寫事項名稱。', 'Try a shorter or a more usual word, such as the name of the service alone.')}
      </li>
      <li>
        ${words('用空格分开几个词，它们会分别查找。', '用空格分開幾個詞，它們會分別查找。', 'The beginning of a word is enough: “regist” finds registration.')}
      </li>
      <li>
        ${words('也可以看', '也可以看', 'You can also look at the ')}<a href="${`${rootOf(form.edition)}/sitemap.html`}"
          >${words('网站地图', '網站地圖', 'Site map')}</a
        >${words('，或', '，或', ' or ')}<a href="${`${rootOf(form.edition)}/contact.html`}"
          >${words('联系我们', '聯繫我們', 'contact us')}</a
        >${words('。', '。', '.')}
      </li>
    </ul>
    ${behind?.first === true && html`<p>${words('索引建好以后请再试一次。', '索引建好以後請再試一次。', 'Please try again when the index is complete.')}</p>`}
  </div>`;
}

function result({ path, title, excerpt, date, kind, department, validity }: Hit, words: Words): SafeHtml {
  const names = Object.hasOwn(kindNames, kind) ? kindNames[kind as keyof typeof kindNames] : undefined;
  return html`<li>
    <h2 class="row-title"><a href="${path}">${marked(title)}</a></h2>
    ${excerpt.length > 0 && html`<p class="found-text">${marked(excerpt)}</p>`}
    <p class="meta">
      ${names && html`<span>${word(words, names)}</span>`}${
        date !== '' && html`<time datetime="${date.slice(0, 10)}">${date.slice(0, 10)}</time>`
      }${department !== '' && html`<span>${department}</span>`}${validity !== '' && html`<span>${validityName(validity, words)}</span>`}
    </p>
  </li>`;
}

function validityName(validity: string, words: Words): string {
  return word(words, validities.find(([name]) => name === validity) ?? ([validity, validity, validity] as const));
}

function marked(pieces: readonly Piece[]): SafeHtml {
  return html`${pieces.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : html`${text}`))}`;
}

function turnPages(form: SearchForm, { page, pages }: SearchAnswer, words: Words): SafeHtml | undefined {
  if (pages < 2) return undefined;
  const link = (to: number, text: string, rel: string): SafeHtml =>
    html`<a class="button button-quiet" rel="${rel}" href="${searchAddress(form, { page: to })}">${text}</a>`;
  return html`<nav class="search-pages" aria-label="${words('结果翻页', '結果翻頁', 'Pages of results')}">
    ${page > 1 && link(page - 1, words('上一页', '上一頁', 'Previous page'), 'prev')}
    <span>${words(`第 ${page} 页，共 ${pages} 页`, `第 ${page} 頁，共 ${pages} 頁`, `Page ${page} of ${pages}`)}</span>
    ${page < pages && link(page + 1, words('下一页', '下一頁', 'Next page'), 'next')}
  </nav>`;
}
