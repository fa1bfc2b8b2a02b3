// Comfort only: every page is whole without this file.
(() => {
  const root = document.documentElement;
  const kept = ['size', 'theme', 'lines', 'pointer', 'guide', 'rate'];
  const readerAddress = document.currentScript.dataset.reader;
  /** On pages of another language its words stand in the script before this one. */
  const word = (text) => globalThis.siteWords?.[text] ?? text;
  const buttons = () => document.querySelectorAll('button[data-set]');

  function choose(name, value) {
    keep(name, value);
    if (name === 'guide') reader('resume');
    show();
  }

  function keep(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    try {
      if (value) localStorage.setItem(`view-${name}`, value);
      else localStorage.removeItem(`view-${name}`);
    } catch {
      root.dataset.kept = 'no';
    }
  }

  /** The bar of 无障碍浏览 is fetched when it is wanted, and not before. */
  async function reader(call) {
    try {
      (await import(readerAddress))[call]({ keep, show, say, make, word });
    } catch {
      location.assign(`${word('/')}accessibility.html`);
    }
  }

  function show() {
    for (const button of buttons()) {
      const [name, value] = button.dataset.set.split(':');
      button.setAttribute('aria-pressed', String((root.dataset[name] ?? '') === value));
    }
    for (const button of document.querySelectorAll('[data-act=reader][aria-expanded]'))
      button.setAttribute('aria-expanded', String(root.dataset.reader === 'on'));
  }

  function say(text) {
    const place = document.getElementById('said');
    if (place) place.textContent = word(text);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say('网址已复制');
    } catch {
      say(word('无法自动复制，网址是 ') + text);
    }
  }

  const actions = {
    print: () => window.print(),
    // Only windows opened by a script may be closed by one; otherwise the home page is the way out.
    close: () => {
      window.close();
      setTimeout(() => location.assign(word('/')), 120);
    },
    copy: (button) => copy(button.dataset.text ?? location.href),
    reader: () => reader('toggle'),
    speak: () => reader('speak'),
    reset: () => {
      const shown = root.dataset.reader || root.dataset.guide;
      for (const name of kept) keep(name, '');
      if (shown) reader('resume');
      show();
      say('已恢复默认显示');
    },
  };

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button) return;
    if (button.dataset.set) choose(...button.dataset.set.split(':'));
    const act = actions[button.dataset.act];
    if (act) act(button);
  });

  // LINK-02: before a site that is not the state's. The sign beside the link has said so already; the elder edition asks nothing.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-outside]') : null;
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || root.dataset.edition)
      return;
    event.preventDefault();
    leave(link);
  });

  function leave(link) {
    const box = make('dialog', '', { class: 'away', 'aria-labelledby': 'away' });
    const name = make('h2', '您即将离开本网站', { id: 'away' });
    const go = make('a', '继续访问', { class: 'button', href: link.href, rel: link.rel });
    const stay = make('button', '留在本站', { class: 'button button-quiet' });
    stay.addEventListener('click', () => box.close());
    const tools = make('p', '', { class: 'tools' });
    tools.append(stay, go);
    box.append(
      name,
      make('p', word('将要前往 ') + new URL(link.href).host + word('。该网站不是政府网站，内容由其自行负责。')),
      tools,
    );
    box.addEventListener('close', () => {
      box.remove();
      link.focus();
    });
    document.body.append(box);
    box.showModal();
  }

  function make(name, text = '', attributes = {}) {
    const element = document.createElement(name);
    element.textContent = word(text);
    for (const [key, value] of Object.entries(attributes))
      element.setAttribute(key, key === 'aria-label' ? word(value) : value);
    return element;
  }

  // With two keys held down, so that none of them is in the way of what somebody types or of a screen reader.
  const shortcuts = {
    KeyH: () => document.querySelector('.brand').click(),
    KeyM: () => document.getElementById('main').focus(),
    KeyS: () => document.querySelector('input[type=search]')?.focus(),
    KeyR: () => reader('speak'),
    KeyT: () => reader('toggle'),
    Digit0: () => actions.reset(),
  };
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !Object.hasOwn(shortcuts, event.code))
      return;
    event.preventDefault();
    shortcuts[event.code]();
  });

  // The menu folds itself on small screens when the reader leaves it with Escape.
  document.addEventListener('keydown', (event) => {
    const menu = document.querySelector('details.menu[open]');
    if (event.key !== 'Escape' || !menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });

  // Titles to choose from while something is typed.
  for (const input of document.querySelectorAll('input[type=search]')) {
    const list = document.createElement('datalist');
    list.id = `${input.id}-titles`;
    input.after(list);
    input.setAttribute('list', list.id);
    let timer;
    let asked = '';
    const offer = async () => {
      const typed = input.value.trim();
      if (typed === '' || typed === asked) return;
      asked = typed;
      try {
        const address = input.form.action.replace(/search\.html$/, 'search/suggest');
        const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
        const titles = answer.ok ? await answer.json() : [];
        if (asked === typed)
          list.replaceChildren(...titles.map((title) => new Option(title.includes(typed) ? '' : typed, title)));
      } catch {
        asked = '';
      }
    };
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(offer, 200);
    });
  }

  // 浏览次数: a page that is seen tells so once, by a random name of its own that is kept nowhere; no cookie, nothing on the device.
  // Told again with the same name while no answer comes, it counts once. Programs that steer a browser do not count.
  function tellView() {
    const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
    const view = {
      id: btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22),
      path: location.pathname,
      from: document.referrer && new URL(document.referrer).host,
    };
    const begun = performance.now();
    const tell = async ([wait, ...waits]) => {
      const age = Math.round((performance.now() - begun) / 1000);
      let status = 503;
      try {
        const answer = await fetch('/views', {
          method: 'POST',
          body: JSON.stringify({ ...view, age }),
          keepalive: true,
        });
        status = answer.status;
        if (status === 200) showViews((await answer.json()).views);
      } catch {
        // As if nobody had answered.
      }
      if (status > 500 && wait) setTimeout(() => tell(waits), wait * 1000);
    };
    tell([3, 15, 40]);
  }

  function showViews(views) {
    const text = root.lang === 'zh-Hant' ? '瀏覽次數：' : word('浏览次数：');
    document.querySelector('article[data-kind] .meta')?.append(make('span', text + views));
  }

  if (!navigator.webdriver) {
    const seen = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', seen);
      tellView();
    };
    document.addEventListener('visibilitychange', seen);
    seen();
  }

  show();
  if (root.dataset.reader || root.dataset.guide) reader('resume');
})();
