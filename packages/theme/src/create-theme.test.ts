import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { printHtml } from '@chengmen/html';
import { partSizes, type LiveItem, type Output } from '@chengmen/model';
import {
  createMemorySource,
  exampleCity,
  exampleItems,
  exampleTemplates,
  live,
  renderAll,
  secondCity,
  secondItems,
} from '@chengmen/theme/testing';
import { all, attributesOf, elements, illFormed, text, treeOf } from '../testing/page-tree.ts';
import { readsOf } from '../testing/reads-of.ts';
import { generatedFile, generatedText } from '../tools/generate.ts';
import { createTheme } from './create-theme.ts';
import { picture } from './parts/picture.ts';

const theme = createTheme();
const city = exampleCity();
const outputs = renderAll(theme, city, exampleItems);
/** Those of the standard edition; the others have tests of their own (traditional.test.ts, elder.test.ts). */
const pages = [...outputs.values()].filter(
  ({ path, type, status }) => type.startsWith('text/html') && status !== 301 && !/^\/(?:zh-hant|elder)\//.test(path),
);
const realCity = renderAll(theme, withoutDemonstration(), exampleItems);

test('createTheme: what is generated is generated from the present sources', async () => {
  assert.ok(
    readFileSync(generatedFile, 'utf8') === (await generatedText()),
    'run node packages/theme/tools/generate.ts',
  );
  assert.match(theme.version, /^[0-9a-f]{64}$/);
});

test('createTheme: rendering twice gives the same bytes, and no page asks what time it is', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 0 });
  const again = renderAll(createTheme(), exampleCity(), exampleItems);
  assert.deepEqual([...again], [...outputs]);
});

test('createTheme: packed, styles stay under 15 KB and scripts under 10 KB, so that a slow line is enough', () => {
  const size = (pattern: RegExp): number =>
    [...outputs.values()]
      .filter(({ path }) => pattern.test(path))
      .reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  assert.ok(size(/^\/assets\/.*\.css$/) < 15_000);
  assert.ok(size(/^\/assets\/.*\.js$/) < 10_000);
});

test('Page labels: each page has its group, each label once, with a value (META-01 … META-15)', () => {
  const siteGroup = ['SiteName', 'SiteDomain', 'SiteIDCode'];
  const columnGroup = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
  const articleGroup = ['ColumnName', 'ColumnType', 'ArticleTitle', 'PubDate', 'ContentSource', 'Url'];
  for (const page of pages) {
    const labels = labelsOf(page);
    const names = labels.map(([name]) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length, `${page.path}: a label stands twice`);
    for (const [name, value] of labels)
      assert.ok(value.trim() !== '' && value !== 'null', `${page.path}: ${name} is empty`);
    const has = new Map(labels);
    for (const name of siteGroup) assert.ok(has.has(name), `${page.path}: no ${name}`);
    if (isColumn(page)) for (const name of columnGroup) assert.ok(has.has(name), `${page.path}: no ${name}`);
    if (isArticle(page)) for (const name of articleGroup) assert.ok(has.has(name), `${page.path}: no ${name}`);
  }
});

test('Page labels: values are the site’s and the item’s own, the domain without scheme', () => {
  const labels = new Map(labelsOf(outputs.get(exampleTemplates['article'] ?? '')!));
  assert.equal(labels.get('SiteDomain'), 'www.linjiang.example');
  assert.equal(labels.get('SiteIDCode'), '9901000001');
  assert.equal(labels.get('ColumnName'), '要闻动态');
  assert.equal(labels.get('ColumnType'), '时政要闻');
  assert.equal(labels.get('PubDate'), '2026-11-12 09:00');
  assert.equal(labels.get('Author'), '韩修');
});

test('Title: the only first heading is the article’s title and the window’s title begins with it', () => {
  for (const page of pages) {
    const tree = treeOf(page);
    const headings = all(tree, 'h1');
    assert.equal(headings.length, 1, page.path);
    const heading = text(headings[0]!);
    const title = text(all(tree, 'title')[0]!);
    assert.ok(title.startsWith(heading), `${page.path}: “${title}” does not begin with “${heading}”`);
    const label = new Map(labelsOf(page)).get('ArticleTitle');
    if (label !== undefined) assert.equal(heading, label);
  }
});

test('Date: what the reader sees is what the label says, with its source (PAGE-08)', () => {
  for (const page of pages.filter(isArticle)) {
    const labels = new Map(labelsOf(page));
    const main = text(all(treeOf(page), 'main')[0]!);
    assert.ok(main.includes(`发布时间：${labels.get('PubDate') ?? '?'}`), page.path);
    assert.ok(main.includes(`来源：${labels.get('ContentSource') ?? '?'}`), page.path);
  }
});

test('Policy of the portal: no inline style, no handler, no script that runs, nothing from elsewhere', () => {
  for (const page of [...pages, ...[...outputs.values()].filter(({ status }) => status === 301)]) {
    for (const element of elements(treeOf(page))) {
      const where = `${page.path}: <${element.name}>`;
      for (const name of Object.keys(attributesOf(element))) {
        assert.notEqual(name, 'style', where);
        assert.ok(!name.startsWith('on'), `${where} ${name}`);
      }
      assert.ok(!['style', 'iframe', 'object', 'embed', 'base'].includes(element.name), where);
      const { src, type } = attributesOf(element);
      if (element.name === 'script') assert.ok(type === 'application/ld+json' || src?.startsWith('/assets/'), where);
      // A QR code stands in the page itself; the policy lets pictures, and nothing else, do that.
      if (src !== undefined && !(element.name === 'img' && src.startsWith('data:image/png;base64,')))
        assert.match(src, /^\/(?:assets|media|files)\//, where);
    }
  }
});

test('Demonstration: every page says so, and no link leads to a real site', () => {
  for (const page of pages) {
    assert.ok(String(page.body).includes('演示网站：临江市为虚构城市'), page.path);
    // The counter is an origin of its own; what an approved text links to is the text's own matter.
    for (const { href } of linksOf(page).filter(({ href }) => !/^https:\/\/(?:[\w-]+\.)*example\//.test(href)))
      if (page.path !== exampleTemplates['outside']) assert.doesNotMatch(href, /^(?:https?:)?\/\//, page.path);
  }
});

test('Footer: a real site links its registers and the form for errors, with its own code and the page’s address (PAGE-02 … PAGE-07)', () => {
  const page = realCity.get('/contact.html')!;
  const hrefs = linksOf(page).map(({ href }) => href);
  assert.ok(hrefs.includes('https://beian.miit.gov.cn/'));
  assert.ok(hrefs.some((href) => href.endsWith('recordcode=99010002000001')));
  assert.ok(hrefs.includes('https://bszs.conac.cn/sitename?method=show&id=C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE'));
  const form = new URL(hrefs.find((href) => href.startsWith('https://zfwzgl.www.gov.cn/'))!);
  assert.equal(form.searchParams.get('site_code'), '9901000001');
  assert.equal(form.searchParams.get('url'), 'https://www.linjiang.example/contact.html');
  assert.ok(!String(page.body).includes('演示'));
});

test('Footer: all seven marks stand on every page, in a demonstration too (PAGE-02)', () => {
  for (const page of pages) {
    const foot = text(all(treeOf(page), 'footer').at(-1)!);
    for (const mark of [
      '网站标识码',
      '苏ICP备99000001号',
      '苏公网安备',
      '党政机关网站标识',
      '找错',
      '主办：',
      '电话：',
    ])
      assert.ok(foot.includes(mark), `${page.path}: ${mark}`);
  }
});

test('Links: every one inside the site leads to an output, and its fragment to an element', () => {
  for (const page of pages) {
    for (const { href } of linksOf(page).filter(({ href }) => href.startsWith('/') || href.startsWith('#'))) {
      const [address = '', fragment] = href.split('#');
      const path = address.replace(/\?.*$/, '');
      const target = path === '' ? page : outputs.get(path);
      assert.ok(target === page || target?.status === 200, `${page.path} → ${href}`);
      if (fragment === undefined) continue;
      const id = decodeURIComponent(fragment);
      assert.ok(
        elements(treeOf(target)).some((element) => attributesOf(element)['id'] === id),
        `${page.path} → ${href}`,
      );
    }
  }
});

test('Links: ids are used once on a page', () => {
  for (const page of pages) {
    const ids = elements(treeOf(page)).flatMap((element) => attributesOf(element)['id'] ?? []);
    assert.equal(new Set(ids).size, ids.length, page.path);
  }
});

test('Hostile text: a title of markup is shown as text everywhere it stands', () => {
  const page = outputs.get(exampleTemplates['hostile'] ?? '')!;
  assert.ok(text(all(treeOf(page), 'h1')[0]!).startsWith('"><script>alert(1)</script>'));
  for (const output of outputs.values()) {
    if (typeof output.body !== 'string') continue;
    assert.ok(!output.body.includes('<script>alert'), output.path);
    assert.ok(!output.body.includes('<img src=x'), output.path);
  }
});

test('Structured data: each block is JSON, and the breadcrumb ends at the page itself', () => {
  for (const page of pages) {
    const blocks = all(treeOf(page), 'script')
      .filter((element) => attributesOf(element)['type'] === 'application/ld+json')
      .map((element) => JSON.parse(text(element)) as Record<string, unknown>);
    for (const block of blocks) assert.equal(block['@context'], 'https://schema.org');
    if (page.path === exampleTemplates['letter'])
      assert.ok(
        blocks.some((block) => block['@type'] === 'QAPage'),
        'a question and its answer',
      );
    if (page.path === '/') continue;
    const trail = blocks.find((block) => block['@type'] === 'BreadcrumbList')?.['itemListElement'] as {
      item: string;
    }[];
    assert.equal(trail.at(-1)?.item, `https://www.linjiang.example${page.path}`, page.path);
  }
});

test('Withdrawn: 410 with reason and day, without the title or the text; its former address redirects', () => {
  const page = outputs.get('/news/notices/2026/01/05/withdrawn-1.html')!;
  assert.equal(page.status, 410);
  const shown = text(treeOf(page));
  assert.ok(shown.includes('内容有误，待更正后重新发布'));
  assert.ok(shown.includes('2026-01-08'));
  assert.ok(!shown.includes('不该再出现'));
  const former = outputs.get('/news/headlines/2026/01/05/withdrawn-1.html')!;
  assert.deepEqual([former.status, former.location], [301, page.path]);
  assert.equal(outputs.get('/old-channel/')?.status, 410);
});

test('Moved: every former address of a page and of its files redirects to the present one', () => {
  const moved = outputs.get('/news/notices/2026/11/18/news-2.html')!;
  assert.deepEqual([moved.status, moved.location], [301, '/news/headlines/2026/11/18/news-2.html']);
  for (const end of ['html', 'csv', 'json']) {
    const old = outputs.get(`/data/2026/03/20/dataset-population.${end}`)!;
    assert.deepEqual([old.status, old.location], [301, `/opendata/2026/03/20/dataset-population.${end}`]);
  }
});

test('Moved: a channel takes its archives and its feed along', () => {
  const channel = exampleItems.find((item) => item.id === 'headlines')!;
  const items = exampleItems.map((item) => (item === channel ? { ...item, formerPaths: ['/old-news/'] } : item));
  const all = renderAll(theme, createMemorySource({ items }), items);
  assert.equal(all.get('/old-news/')?.location, '/news/headlines/');
  assert.equal(all.get('/old-news/2026-11.html')?.location, '/news/headlines/2026-11.html');
  assert.equal(all.get('/old-news/feed.xml')?.location, '/news/headlines/feed.xml');
});

test('References: a link to a withdrawn item stays as its text', () => {
  const page = outputs.get(exampleTemplates['mended'] ?? '')!;
  assert.ok(text(all(treeOf(page), 'main')[0]!).includes('并商定了后续安排'));
  assert.ok(!linksOf(page).some(({ href }) => href.includes('withdrawn')));
});

test('Changed page: tells each approved revision with its day and hash, and an unchanged one tells none', () => {
  const page = treeOf(outputs.get(exampleTemplates['article'] ?? '')!);
  const [part] = all(page, 'section').filter((element) => attributesOf(element)['id'] === 'editions');
  const shown = text(part ?? assert.fail('no such part'));
  for (const words of ['历次修改', '修改过 2 次', '2026-11-18', '首次发布', '第 2 次修改（现行）', 'a'.repeat(64)])
    assert.ok(shown.includes(words), words);
  assert.ok(all(page, 'a').some((link) => attributesOf(link)['href'] === '#editions'));
  const policy = treeOf(outputs.get(exampleTemplates['policy'] ?? '')!);
  assert.ok(!text(policy).includes('历次修改'));
});

test('Mended page: says what was mended, what is missing and why, and gives each gap a text alternative', () => {
  const page = outputs.get(exampleTemplates['mended'] ?? '')!;
  const shown = text(all(treeOf(page), 'main')[0]!);
  for (const part of [
    '原网页全文修复 26 处',
    '另有 2 处无法复原；其中正文 1 处',
    '被篡改的名称 1 处',
    '把握 99.1%',
    '来源：当日纸质报纸',
    '沙特谁赢',
  ])
    assert.ok(shown.includes(part), part);
  const gaps = elements(all(treeOf(page), 'article')[0]!).filter((element) => attributesOf(element)['class'] === 'gap');
  assert.ok(gaps.length >= 3);
  for (const gap of gaps) {
    assert.equal(attributesOf(gap)['role'], 'img');
    assert.ok(attributesOf(gap)['aria-label']);
  }
});

test('Policies and interpretations link to one another (POL-06)', () => {
  const policy = outputs.get(pathOf('policy-1'))!;
  const interpretation = outputs.get(pathOf('interpretation-1'))!;
  assert.ok(linksOf(policy).some(({ href }) => href === interpretation.path));
  assert.ok(linksOf(interpretation).some(({ href }) => href === policy.path));
});

test('Policies: the header block names its fields (POL-01) and whether the document holds (POL-05)', () => {
  const shown = text(all(treeOf(outputs.get(pathOf('policy-3'))!), 'main')[0]!);
  for (const part of [
    '索引号',
    '主题分类',
    '发文机关',
    '成文日期',
    '标题',
    '发文字号',
    '发布日期',
    '主题词',
    '有效性',
    '废止',
  ])
    assert.ok(shown.includes(part), part);
});

test('Services: the eight elements stand on the page (VETO-09)', () => {
  const shown = text(all(treeOf(outputs.get(exampleTemplates['service'] ?? '')!), 'main')[0]!);
  for (const part of [
    '设定依据',
    '申请条件',
    '办理材料',
    '办理流程',
    '办理地点',
    '办理时间',
    '联系电话',
    '承诺时限',
    '收费',
  ])
    assert.ok(shown.includes(part), part);
});

test('Letters: the days taken are working days between letter and answer', () => {
  const shown = text(all(treeOf(outputs.get(exampleTemplates['letter'] ?? '')!), 'main')[0]!);
  assert.ok(shown.includes('用时 5 个工作日'));
});

test('Data sets: the table is also CSV and JSON, quoted where it must be', () => {
  const csv = String(outputs.get('/opendata/2026/03/22/dataset-text.csv')?.body);
  assert.equal(csv, '\uFEFF名称,备注\r\n望江路公厕,"含“第三卫生间”, 全天"\r\n澜水公园公厕,\r\n');
  const json = JSON.parse(String(outputs.get('/opendata/2026/03/20/dataset-population.json')?.body)) as {
    rows: unknown[];
  };
  assert.equal(json.rows.length, 8);
});

test('Data sets: time is drawn as a line, names as bars, words not at all', () => {
  const drawn = (id: string): string => String(outputs.get(pathOf(id))?.body);
  assert.ok(drawn('dataset-population').includes('class="plot-line plot-line-2"'));
  assert.ok(drawn('dataset-districts').includes('class="bars"'));
  assert.ok(!drawn('dataset-text').includes('class="chart"'));
});

test('Projects: a block in which nothing has happened yet says so', () => {
  const shown = text(all(treeOf(outputs.get(pathOf('project-park'))!), 'main')[0]!);
  assert.equal(shown.split('尚未发生').length - 1, 2);
});

test('XML: feeds and site maps are well formed, with the hostile title as text', () => {
  const files = [...outputs.values()].filter(({ type }) => type.includes('xml;') && typeof String(type) === 'string');
  assert.ok(files.length > 20);
  for (const { path, body } of files) assert.equal(illFormed(String(body)), undefined, path);
  assert.ok(String(outputs.get('/news/notices/feed.xml')?.body).includes('&lt;script&gt;alert(1)'));
});

test('Site map: the index names a part for each month, and the parts name every live page with its day', () => {
  const index = String(outputs.get('/sitemap.xml')?.body);
  const parts = [...index.matchAll(/<loc>https:\/\/www\.linjiang\.example([^<]+)<\/loc>/g)].map(
    ([, path]) => path ?? '',
  );
  const listed = parts.flatMap((part) =>
    [...String(outputs.get(part)?.body).matchAll(/<loc>https:\/\/www\.linjiang\.example([^<]+)<\/loc>/g)].map(
      ([, path]) => path,
    ),
  );
  const expected = pages.filter((page) => page.status === 200 && (isArticle(page) || page.path.endsWith('/')));
  for (const { path } of expected) assert.ok(listed.includes(path), path);
  for (const path of listed) assert.equal(outputs.get(path ?? '')?.status, 200, path);
  assert.ok(String(outputs.get('/sitemap/2026-11.xml')?.body).includes('<lastmod>2026-11-20T09:30:00+08:00</lastmod>'));
});

test('Feeds: Atom, RSS and JSON of a channel name the same items, and its page names all three', () => {
  const channel = outputs.get('/news/headlines/')!;
  const body = (name: string): string => String(outputs.get(`/news/headlines/${name}`)?.body);
  const json = JSON.parse(body('feed.json')) as { items: { url: string; id: string; date_published: string }[] };
  const inside = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(([, found]) => found ?? '');
  assert.equal(json.items.length, 20);
  assert.deepEqual(
    inside(body('feed.xml'), /<id>(tag:[^<]+)<\/id>/g),
    json.items.map(({ id }) => id),
  );
  assert.deepEqual(
    inside(body('rss.xml'), /<item>[^]*?<link>([^<]+)/g),
    json.items.map(({ url }) => url),
  );
  assert.match(body('rss.xml'), /<pubDate>Fri, 20 Nov 2026 09:30:00 \+0800<\/pubDate>/);
  assert.deepEqual(
    all(treeOf(channel), 'link')
      .map(attributesOf)
      .flatMap(({ rel, type = '', href = '' }) => (rel === 'alternate' && type !== '' ? [[type, href]] : [])),
    [
      ['application/atom+xml', '/news/headlines/feed.xml'],
      ['application/rss+xml', '/news/headlines/rss.xml'],
      ['application/feed+json', '/news/headlines/feed.json'],
    ],
  );
});

test('Home: blocks stand in the order of the settings, and what the settings do not name is not there', () => {
  const headings = (source: typeof city): string[] =>
    all(treeOf(theme.render('home', source)[0]!), 'h2')
      .map(text)
      .filter((title) => !title.includes('临江'));
  const of = (...blocks: ReturnType<typeof city.site>['fields']['home']['blocks']): string[] =>
    headings(exampleCity({ home: { focus: 'headlines', blocks } }));
  const news = of().at(-1);
  assert.equal(news, '要闻动态', 'without a block the focus stands alone');
  assert.deepEqual(
    of(
      { channel: 'opendata', count: 2, title: '城市的数' },
      { show: 'policies', policies: 'policies', interpretations: 'interpretations', count: 2 },
    ).slice(-3),
    ['城市的数', '政策文件', '政策解读'],
  );
  const last = of({ channel: 'projects', count: 1 }, { show: 'focus' });
  assert.deepEqual([last[0], last.at(-1)], ['重大项目', '要闻动态']);
  assert.deepEqual(
    of({ channel: 'old-channel', count: 3 }, { channel: 'archive', count: 3 }),
    of(),
    'withdrawn and empty ones are left out',
  );
});

test('Home: the numbers of the interaction are those of the letters', () => {
  const shown = text(all(treeOf(outputs.get('/')!), 'main')[0]!);
  assert.match(shown, /已公开答复 3\s?件/);
  // Three letters of 3 November, answered on the 10th, 11th and 12th.
  assert.match(shown, /平均答复用时 6\.0\s?个工作日/);
  assert.match(shown, /来信人满意 100\s?%/);
});

test('Second city: name, colour, sign, channels and the order of blocks are its own, from data alone', () => {
  const other = renderAll(theme, secondCity(), secondItems);
  const home = other.get('/')!;
  assert.ok(!String(home.body).includes('临江'));
  const [logo] = all(treeOf(home), 'img').map(attributesOf);
  assert.match(logo?.['src'] ?? '', /^\/media\/sign\/[0-9a-f]{16}\.svg$/);
  assert.ok(other.has(logo?.['src'] ?? ''));
  const icon = all(treeOf(home), 'link')
    .map(attributesOf)
    .find(({ rel }) => rel === 'icon');
  assert.equal(icon?.['href'], logo?.['src']);
  const order = all(treeOf(home), 'h2').map(text);
  assert.deepEqual(order.slice(0, 3), ['办事大厅', '常用入口', '老街雨污分流完工，青石板原样铺回']);
  const styleOf = (page: Output): string =>
    String(
      all(treeOf(page), 'link')
        .map(attributesOf)
        .find(({ rel }) => rel === 'stylesheet')?.['href'],
    );
  assert.notEqual(styleOf(home), styleOf(outputs.get('/')!));
});

test('security.txt: whom to tell of a weakness and until when that holds, where the settings say it', () => {
  const path = '/.well-known/security.txt';
  const security = {
    contact: 'security@linjiang.example',
    expires: '2027-06-30',
    policy: 'https://www.linjiang.example/p',
  };
  const file = theme.render('robots', exampleCity({ security })).find((output) => output.path === path);
  assert.deepEqual(String(file?.body).split('\n'), [
    'Contact: mailto:security@linjiang.example',
    'Expires: 2027-06-30T23:59:59+08:00',
    'Preferred-Languages: zh, en',
    `Canonical: https://www.linjiang.example${path}`,
    'Policy: https://www.linjiang.example/p',
    '',
  ]);
  assert.equal(theme.render('robots', city).length, 1);
});

test('Open Graph: a page without a picture is shown with the sign of the site, unless that is a drawing of vectors', () => {
  const shared = (logo?: string): string | undefined => {
    const [home] = theme.render('home', exampleCity(logo === undefined ? {} : { logo }));
    return all(treeOf(home!), 'meta')
      .map(attributesOf)
      .find(({ property }) => property === 'og:image')?.['content'];
  };
  assert.match(shared('photo-mist') ?? '', /^https:\/\/[^/]+\/media\/photo-mist\/[0-9a-f]{16}\.jpg$/);
  assert.equal(shared(), undefined);
  const [second] = theme.render('home', secondCity());
  assert.doesNotMatch(String(second?.body), /og:image/);
});

test('Topic: shows its blocks; an archived one says so and asks for no news any more', () => {
  const shown = text(all(treeOf(outputs.get(exampleTemplates['topic'] ?? '')!), 'main')[0]!);
  for (const part of ['4.8 公里', '澜水三桥主塔封顶', '建成通车', '望江路北段夜间封闭', '关于下达', '（外部网站）'])
    assert.ok(shown.includes(part), part);
  const reads = readsOf(theme, city, 'item:topic-flood');
  assert.ok(!reads.some((call) => call.startsWith('newest')), reads.join(' '));
  assert.ok(text(treeOf(outputs.get(exampleTemplates['archived'] ?? '')!)).includes('本页已归档'));
});

test('Gallery and video: every picture with its words, the film with captions and all that is said as text', () => {
  const gallery = treeOf(outputs.get(exampleTemplates['gallery'] ?? '')!);
  assert.equal(all(gallery, 'figcaption').length, 4);
  for (const image of all(gallery, 'figure').flatMap((figure) => all(figure, 'img')))
    assert.notEqual(attributesOf(image)['alt'] ?? '', '');
  const page = treeOf(outputs.get(exampleTemplates['video'] ?? '')!);
  const [track] = all(page, 'track').map(attributesOf);
  assert.deepEqual([track?.['kind'], track?.['srclang']], ['captions', 'zh']);
  assert.equal(outputs.get(track?.['src'] ?? '')?.type, 'text/vtt; charset=utf-8');
  assert.ok(text(page).includes('符合条件的，钱直接到账'));
});

test('Films and recordings in a text: played where they stand alone, with captions and what is said; a link within a sentence stays one', () => {
  const path = exampleItems.find(({ id }) => id === 'with-recordings')?.path ?? '';
  const page = treeOf(outputs.get(path)!);
  const [film] = all(page, 'video').map(attributesOf);
  assert.deepEqual([film?.['preload'], film?.['width'], film?.['height']], ['none', '1280', '720']);
  assert.match(film?.['poster'] ?? '', /^\/media\/pic-port\b/, 'the picture it begins with');
  assert.equal(all(page, 'track').length, 1);
  const [sound] = all(page, 'audio').map(attributesOf);
  assert.deepEqual([sound?.['preload'], sound?.['aria-label']], ['none', '听广播']);
  assert.match(text(page), /听广播\s*（MP3，4 B）[^]*文字稿[^]*请离开低处/);
  assert.match(text(page), /也可下载广播/);
  assert.equal(all(page, 'audio').length, 1);
});

test('Links: one that leaves the sites of the state says so; those to the state and to this site do not', () => {
  const page = treeOf(outputs.get(exampleTemplates['outside'] ?? '')!);
  const marked = all(page, 'a').filter((link) => attributesOf(link)['data-outside'] !== undefined);
  assert.deepEqual(
    marked.map((link) => attributesOf(link)['href']),
    ['https://jobs.example/linjiang?a=1&b=2'],
  );
  assert.match(text(page), /招聘网站\s?（外部网站）/);
  assert.equal(text(page).split('（外部网站）').length, 2);
});

test('Channels: the newest twenty and the months; a month lists all of its own', () => {
  const channel = outputs.get('/news/headlines/')!;
  const inMain = (page: Output): string[] =>
    all(treeOf(page), 'h2')
      .map(text)
      .filter((title) => title.includes('期'));
  assert.ok(linksOf(channel).some(({ href }) => href === '/news/headlines/2026-06.html'));
  assert.equal(
    all(treeOf(channel), 'h2').filter((heading) => attributesOf(heading)['class'] === 'row-title').length,
    20,
  );
  assert.equal(inMain(outputs.get('/news/headlines/2026-06.html')!).length, 4);
});

test('targetsOf: an item brings its own target, a month its archive and its part of the site map', () => {
  assert.deepEqual(theme.targetsOf('item:news-1', city), ['item:news-1']);
  assert.deepEqual(theme.targetsOf('item:withdrawn-1', city), ['item:withdrawn-1']);
  assert.deepEqual(theme.targetsOf('item:pic-port', city), ['media:pic-port']);
  assert.deepEqual(theme.targetsOf('month:news:2026-12', city), ['month:news:2026-12']);
  assert.deepEqual(theme.targetsOf('month:*:2026-12', city), ['sitemap:2026-12']);
  assert.ok(theme.targetsOf('item:headlines', city).includes('month:headlines:2026-06'));
});

test('Months: what is more than a part stands in parts with addresses of their own, in archive and site map', () => {
  const { fields } = exampleItems.find(({ id }) => id === 'news-1') as LiveItem<'article'>;
  const many = Array.from({ length: 2 * partSizes.month + 1 }, (_, at) => {
    const date = `2025-01-${String(1 + (at % 28)).padStart(2, '0')} 08:${String(at % 60).padStart(2, '0')}`;
    return live('article', `many-${at}`, `/many/${at}.html`, { ...fields, image: undefined, date } as typeof fields);
  });
  const source = createMemorySource({ items: [...exampleItems, ...many] });
  const targets = theme.targetsOf('month:headlines:2025-01:0', source);
  assert.deepEqual(targets, ['month:headlines:2025-01', 'month:headlines:2025-01:1', 'month:headlines:2025-01:2']);
  const pages = targets.map((target) => theme.render(target, source)[0]!);
  assert.deepEqual(
    pages.map(({ path }) => path),
    ['2025-01', '2025-01-1', '2025-01-2'].map((name) => `/news/headlines/${name}.html`),
  );
  const shown = pages.map((page) => linksOf(page).filter(({ href }) => href.startsWith('/many/')).length);
  assert.deepEqual(shown, [1, partSizes.month, partSizes.month]);
  assert.match(String(pages[0]?.body), /本月发布 101 篇/);
  const [own, ...others] = pages.map((page) => linksOf(page).map(({ href }) => href));
  for (const { path } of pages.slice(1)) assert.ok(own?.includes(path), path);
  for (const links of others) assert.ok(links.includes('/news/headlines/2025-01.html'));
  assert.deepEqual(theme.render('month:headlines:2025-01:3', source), []);
});

test('Pictures: each form at its own address, two items of the same bytes at addresses of their own', () => {
  const mist = theme
    .render('media:photo-mist', city)
    .map(({ path, type }) => [path.replace(/[0-9a-f]{16}/, '#'), type]);
  assert.deepEqual(mist, [
    ['/media/photo-mist/#.jpg', 'image/jpeg'],
    ['/media/photo-mist/#.webp', 'image/webp'],
    ['/media/photo-mist/#.webp', 'image/webp'],
  ]);
  const paths = ['photo-mist', 'photo-mist-again'].flatMap((id) =>
    theme.render(`media:${id}`, city).map(({ path }) => path),
  );
  assert.equal(new Set(paths).size, 6);
});

test('Pictures: one with a focus is shown around it wherever it is shown in part', () => {
  const media = { id: 'p', path: '/media/p/1.jpg', forms: [], title: '', hash: '', alt: '', size: 1 } as const;
  const shown = picture(
    { ...media, type: 'image/jpeg', focus: { x: 88, y: 0 } },
    { alt: '', sizes: 'card', class: 'a' },
  );
  assert.match(printHtml(shown), /class="a focus-x9 focus-y0"/);
  const [style] = theme.render('assets', city).filter(({ path }) => path.endsWith('.css'));
  const css = String(style?.body);
  assert.match(css, /\.focus-x9\{--focus-x:90%\}[^]*object-position:var\(--focus-x\) var\(--focus-y\)/);
  assert.doesNotMatch(printHtml(picture({ ...media, type: 'image/jpeg' }, { alt: '', sizes: 'card' })), /class/);
});

test('Pictures and attachments of a document: forms by width, sizes, words; what to save with type, size and hash', () => {
  const page = [...outputs.values()].find(({ path }) => path.endsWith('/with-files.html')) ?? assert.fail('no page');
  const [lead, inText] = all(treeOf(page), 'picture').map((each) => ({
    source: attributesOf(all(each, 'source')[0]!),
    image: attributesOf(all(each, 'img')[0]!),
  }));
  assert.match(
    lead?.source['srcset'] ?? '',
    /^\/media\/photo-mist\/\w{16}\.webp 480w, \/media\/photo-mist\/\w{16}\.webp 900w$/,
  );
  assert.deepEqual([lead?.source['type'], lead?.image['width'], lead?.image['height']], ['image/webp', '900', '450']);
  assert.deepEqual([inText?.image['alt'], inText?.image['loading']], ['江&雾', 'lazy']);
  const [section] = all(treeOf(page), 'section').filter((each) => attributesOf(each)['id'] === 'attachments');
  assert.match(text(section!), /指标表（CSV 数据，14 B）.*SHA-256/s);
  const links = all(treeOf(page), 'a')
    .map(attributesOf)
    .filter(({ href }) => href?.startsWith('/files/') === true);
  assert.deepEqual(
    links.map(({ href, download }) => [href?.replace(/[0-9a-f]{16}/, '#'), download]),
    [
      ['/files/attachment/#.csv', '指标表.csv'],
      ['/files/attachment/#.csv', '指标表.csv'],
    ],
  );
});

test('Leaders and departments: before and after each stand those that the list shows there, not those of the nearest ids', () => {
  const around = (id: string): (string | undefined)[] => {
    const links = outputs.get(exampleItems.find((item) => item.id === id)?.path ?? '');
    const page = String(links?.body);
    const nav = /<nav class="neighbours"[^]*?<\/nav>/.exec(page)?.[0] ?? '';
    return [...nav.matchAll(/href="[^"]*\/([\w-]+)\.html"/g)].map(([, one]) => one);
  };
  assert.deepEqual(around('leader-1'), ['leader-3']);
  assert.deepEqual(around('leader-3'), ['leader-1', 'leader-2']);
  assert.deepEqual(around('leader-2'), ['leader-3', 'leader-4']);
  assert.deepEqual(around('leader-4'), ['leader-2']);
});

test('Leaders and departments: each leads to the other, a department to its guides, news, projects, letters and data', () => {
  const hrefs = (path: string): string[] => linksOf(outputs.get(path) ?? assert.fail(path)).map(({ href }) => href);
  const [office, health] = [pathOf('dept-office'), pathOf('dept-health')];
  const own = ['leader-2', 'service-4', 'news-2', 'letter-1', 'dataset-population'];
  for (const id of own) assert.ok(hrefs(office).includes(pathOf(id)), id);
  assert.ok(hrefs(pathOf('dept-transport')).includes(pathOf('project-bridge')));
  assert.ok(!hrefs(office).includes(pathOf('service-1')) && hrefs(health).includes(pathOf('service-1')));
  assert.deepEqual(
    hrefs(pathOf('leader-4')).filter((href) => href.includes('/dept-')),
    [pathOf('dept-education'), health],
    'in the order the leader has given',
  );
  assert.ok(!/分管部门/.test(String(outputs.get(pathOf('leader-1'))?.body)), 'who leads none has no empty list');
  const directory = hrefs('/about/departments/');
  for (const path of [office, `${office}#services`, pathOf('leader-2'), pathOf('leader-4')])
    assert.ok(directory.includes(path), path);
  assert.ok(!directory.includes(`${pathOf('dept-transport')}#services`), 'no way to guides where there are none');
  const services = hrefs('/services/').filter((href) => href.endsWith('#services'));
  assert.deepEqual(services, [`${office}#services`, `${health}#services`, `${pathOf('dept-education')}#services`]);
});

test('Departments: a page reads a bounded number of what grows with the site', () => {
  const reads = readsOf(theme, city, 'item:dept-office').filter((call) => /^related/.test(call));
  assert.ok(reads.length > 5);
  for (const call of reads) assert.match(call, /^related:dept-office:(?:leads(?:::)?$|\w+:\d+)/);
});

test('render: a target nothing stands behind gives nothing', () => {
  for (const target of [
    'item:none',
    'channel:none',
    'media:none',
    'month:headlines:1999-01',
    'sitemap:1999-01',
    'x:y',
    'x',
  ])
    assert.deepEqual(theme.render(target, city), []);
});

test('Reads: a page of a channel’s archive reads its month alone, a document nothing that grows with the site', () => {
  const month = readsOf(theme, city, 'month:headlines:2026-11');
  assert.ok(!month.some((call) => /^(?:months|newest|all)/.test(call)), month.join(' '));
  for (const id of ['news-1', 'outside', 'gallery-1', 'video-1', 'service-1', 'letter-1', 'policy-1']) {
    const reads = readsOf(theme, city, `item:${id}`);
    assert.ok(!reads.some((call) => /^(?:months?|newest|all):/.test(call)), reads.join(' '));
  }
});

function withoutDemonstration(): ReturnType<typeof createMemorySource> {
  const fields = { ...city.site().fields };
  delete fields.demonstration;
  const real = live('site', 'site', null, fields);
  return createMemorySource({ items: exampleItems.map((item) => (item.kind === 'site' ? real : item)) });
}

function pathOf(id: string): string {
  return exampleItems.find((item: LiveItem) => item.id === id)?.path ?? '';
}

function isColumn({ path, status }: Output): boolean {
  return status === 200 && ((path.endsWith('/') && path !== '/') || /\/\d{4}-\d{2}\.html$/.test(path));
}

function isArticle({ path, status }: Output): boolean {
  return status === 200 && /\/\d{4}\/\d{2}\/\d{2}\/[^/]+\.html$/.test(path);
}

function labelsOf(page: Output): [string, string][] {
  return all(treeOf(page), 'meta').flatMap((element): [string, string][] => {
    const { name, content, media } = attributesOf(element);
    return name === undefined || media !== undefined ? [] : [[name, content ?? '']];
  });
}

function linksOf(page: Output): { href: string }[] {
  return all(treeOf(page), 'a').flatMap((element) => {
    const { href } = attributesOf(element);
    return href === undefined ? [] : [{ href }];
  });
}
