// 无障碍工具栏: fetched only when somebody opens it. Moves nothing on the page but itself, keeps its state on the device.
const root = document.documentElement;
const voiceless = '这台设备没有可用的中文语音';
const rates = { slow: 0.7, '': 1, fast: 1.4 };

/** What stands in the bar: the name of a choice, what is kept on the root element, and its values. */
const groups = [
  ['字号', 'size', ['标准', ''], ['大', 'large'], ['特大', 'huge'], ['两倍', 'twice']],
  ['行距', 'lines', ['标准', ''], ['宽', 'wide'], ['更宽', 'wider']],
  [
    '配色',
    'theme',
    ['跟随系统', ''],
    ['白底黑字', 'ink'],
    ['黑底黄字', 'contrast'],
    ['蓝底黄字', 'blue'],
    ['深色', 'dark'],
  ],
  ['光标', 'pointer', ['标准', ''], ['大', 'big']],
  ['辅助线', 'guide', ['无', ''], ['阅读线', 'line'], ['遮罩', 'mask']],
  ['语速', 'rate', ['慢', 'slow'], ['正常', ''], ['快', 'fast']],
];
const keys = [
  ['H', '回首页'],
  ['M', '到正文'],
  ['S', '到搜索框'],
  ['R', '朗读或停止'],
  ['T', '打开或关闭工具栏'],
  ['0', '恢复默认'],
];

let bar;
/** What the page's own script lends: `keep`, `show`, `say`, `make`. */
let tools;
let talk;

function button(text, attributes) {
  return tools.make('button', text, { type: 'button', class: 'quiet', ...attributes });
}

function group([label, name, ...options]) {
  const element = tools.make('div', '', { role: 'group', 'aria-label': label, class: 'reader-group' });
  element.append(tools.make('span', label, { 'aria-hidden': 'true' }));
  for (const [text, value] of options) element.append(button(text, { 'data-set': `${name}:${value}` }));
  return element;
}

function build() {
  bar = tools.make('section', '', { class: 'reader', id: 'reader', 'aria-label': '无障碍工具栏' });
  const inner = tools.make('div', '', { class: 'wrap' });
  const acts = tools.make('div', '', { class: 'reader-group' });
  const speak = button('朗读正文', { 'data-act': 'speak', 'aria-pressed': 'false' });
  speak.hidden = !('speechSynthesis' in window);
  acts.append(speak, button('恢复默认', { 'data-act': 'reset' }), button('关闭工具栏', { 'data-act': 'reader' }));
  const map = tools.make('details', '', { class: 'reader-keys' });
  map.append(tools.make('summary', '键盘操作'));
  const list = tools.make('ul');
  for (const [key, text] of keys)
    list.append(tools.make('li', `Alt + Shift + ${key}${tools.word('：')}${tools.word(text)}`));
  map.append(list);
  inner.append(...groups.map(group), acts, map);
  bar.append(inner);
}

function put() {
  if (!bar) build();
  document.body.insertBefore(bar, document.querySelector('header'));
}

/** Shows the bar or puts it away. */
export function toggle(page) {
  tools = page;
  const show = !bar?.isConnected;
  if (show) {
    put();
    bar.querySelector('button').focus();
  } else {
    bar.remove();
    stop();
  }
  tools.keep('reader', show ? 'on' : '');
  tools.show();
}

/** Called where something was kept: the bar, a line, a mask. */
export function resume(page) {
  tools = page;
  if (root.dataset.reader && !bar?.isConnected) put();
  guide();
  tools.show();
}

// The line and the mask follow the pointer, and the focus of those who have none.
let line;
function guide() {
  const wanted = root.dataset.guide;
  if (!line && wanted) {
    line = tools.make('div', '', { 'aria-hidden': 'true' });
    document.body.append(line);
    const at = (y) => line.style.setProperty('--at', `${y}px`);
    at(innerHeight / 3);
    addEventListener('pointermove', (event) => at(event.clientY), { passive: true });
    document.addEventListener('focusin', ({ target }) => {
      if (!target.matches(':focus-visible')) return;
      const box = target.getBoundingClientRect();
      at(box.top + box.height / 2);
    });
  }
  if (line) line.className = wanted ? `guide guide-${wanted}` : '';
}

/** Sentences of the text, each as a range, in the order of the page. */
function sentences() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(
      'nav, script, button, summary, .tools, .hidden, .scripted, [aria-hidden=true], svg, video',
    )
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  let open;
  let block;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const own = node.parentElement.closest('p, li, h1, h2, h3, h4, td, th, dt, dd, figcaption, div, section');
    if (own !== block) open = undefined;
    block = own;
    for (const { 0: part, index } of node.data.matchAll(
      /(?:[^。！？；\n.!?]|[.!?](?!\s|$))+[。！？；.!?]?[”’」』）]*/g,
    )) {
      if (part.trim() === '') continue;
      if (!open) {
        open = document.createRange();
        open.setStart(node, index);
        found.push(open);
      }
      open.setEnd(node, index + part.length);
      if (/[。！？；.!?][”’」』）]*$/.test(part)) open = undefined;
    }
  }
  return found;
}

export function speak(page) {
  tools = page;
  if (talk) return stop();
  if (!('speechSynthesis' in window)) return tools.say(voiceless);
  const all = sentences();
  const chosen = getSelection();
  const from = chosen.isCollapsed
    ? 0
    : all.findIndex((range) => chosen.getRangeAt(0).compareBoundaryPoints(0, range) <= 0);
  talk = { all, at: Math.max(0, from) };
  pressed(true);
  next(talk);
}

function next(mine) {
  const range = mine.all[mine.at];
  if (mine !== talk) return;
  if (!range) return stop();
  mark(range);
  const words = new SpeechSynthesisUtterance(range.toString().replace(/\s+/g, ' '));
  words.lang = { 'zh-Hant': 'zh-TW', 'zh-Hans': 'zh-CN' }[root.lang] ?? root.lang;
  words.rate = rates[root.dataset.rate ?? ''] ?? 1;
  const voices = speechSynthesis
    .getVoices()
    .filter(({ lang }) => lang.replace('_', '-').split('-')[0] === words.lang.split('-')[0]);
  // Of the device itself where there is one: what is read then leaves it for nobody.
  const voice = voices.find(({ localService, lang }) => localService && lang === words.lang) ?? voices[0];
  if (voice) words.voice = voice;
  words.onend = () => {
    mine.at++;
    next(mine);
  };
  words.onerror = ({ error }) => {
    if (mine !== talk) return;
    tools.say(error === 'interrupted' || error === 'canceled' ? '' : voiceless);
    stop();
  };
  speechSynthesis.speak(words);
}

function mark(range) {
  if (range && CSS.highlights) CSS.highlights.set('reading', new Highlight(range));
  const box = range?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight))
    range.startContainer.parentElement.scrollIntoView({ block: 'center' });
}

function stop() {
  if (!talk) return;
  talk = undefined;
  speechSynthesis.cancel();
  CSS.highlights?.delete('reading');
  pressed(false);
}

function pressed(on) {
  const speaker = bar?.querySelector('[data-act=speak]');
  if (!speaker) return;
  speaker.setAttribute('aria-pressed', String(on));
  speaker.textContent = tools.word(on ? '停止朗读' : '朗读正文');
}
