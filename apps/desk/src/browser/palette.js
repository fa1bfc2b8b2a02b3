// Ctrl or Cmd with K, or the link in the header, opens a box: a few words lead to any screen, channel or item. A combobox over a list:
// the focus stays in the field, arrows choose, Enter goes, Escape closes. Without this script the link leads to a page that does the same.
(() => {
  'use strict';
  const opener = document.getElementById('go');
  if (!opener || typeof HTMLDialogElement === 'undefined') return;
  // Of several sites each has its desk below an address of its own.
  const base = opener.getAttribute('href').replace(/\/go$/, '');
  const groups = { screen: '前往', new: '新建', channel: '栏目', item: '条目' };
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const input = make('input', {
    id: 'palette-words',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    maxlength: '100',
  });
  const list = make('ul', { id: 'palette-list', role: 'listbox', 'aria-label': '可以去的地方' });
  const status = make('p', { role: 'status', class: 'unseen' });
  const label = make('label', { for: 'palette-words' }, '界面、栏目，或条目的标题、编号');
  const dialog = make('dialog', { class: 'palette', 'aria-label': '查找、前往' }, label, input, list, status);

  let places = [];
  let chosen = -1;
  let asked = 0;
  /** The words that what stands in the list was found by. */
  let answered;
  let typing;
  const signOut = document.querySelector('form[action$="/sign-out"]');
  const options = () => [...list.children];

  const choose = (at) => {
    const all = options();
    if (all.length === 0) return;
    chosen = (at + all.length) % all.length;
    all.forEach((option, index) => option.setAttribute('aria-selected', String(index === chosen)));
    input.setAttribute('aria-activedescendant', all[chosen].id);
    all[chosen].scrollIntoView({ block: 'nearest' });
  };
  const go = (at) => {
    const place = places[at];
    if (!place) return;
    dialog.close();
    if (place.href) location.assign(base + place.href);
    else signOut.requestSubmit();
  };
  const draw = () => {
    list.replaceChildren(
      ...places.map(({ group, name, detail }, at) => {
        const option = make('li', { id: `palette-${at}`, role: 'option', 'aria-selected': 'false' });
        option.append(make('small', {}, groups[group] ?? ''), ` ${name} `, make('small', {}, detail));
        option.addEventListener('click', () => go(at));
        return option;
      }),
    );
    chosen = -1;
    input.removeAttribute('aria-activedescendant');
    status.textContent = places.length === 0 ? '没有找到。' : `${places.length} 处。`;
    choose(0);
  };
  const ask = async () => {
    const mine = ++asked;
    const words = input.value.trim();
    try {
      const answer = await fetch(`${base}/api/go?${new URLSearchParams({ words })}`);
      const found = answer.ok ? await answer.json() : [];
      // An answer that was overtaken says nothing.
      if (mine !== asked) return;
      const leave = signOut && '退出 sign out'.includes(words.toLowerCase());
      answered = words;
      places = [...found, ...(leave ? [{ group: 'screen', name: '退出', detail: 'Sign out' }] : [])];
    } catch {
      places = [];
    }
    draw();
  };
  /** What was typed last counts, not what still stands in the list. */
  const decide = async () => {
    clearTimeout(typing);
    if (input.value.trim() !== answered) await ask();
    go(chosen);
  };
  const open = () => {
    // Only now: a page that nobody opens it on has no second field for titles.
    if (!dialog.isConnected) document.body.append(dialog);
    input.value = '';
    dialog.showModal();
    void ask();
  };

  opener.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener('keydown', (event) => {
    // In a text being written the keys are the editor's.
    if (event.defaultPrevented || event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    if (event.shiftKey || event.altKey || event.target.isContentEditable) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
  input.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void ask(), 120);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void decide();
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
})();
