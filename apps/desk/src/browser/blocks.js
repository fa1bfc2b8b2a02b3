// Rows and blocks of a form are moved where they stand, by their buttons, by Alt with an arrow, or by dragging; what is sent is the
// order in which they stand. Whoever has the page open holds it, as with a text. Without this script the buttons ask the desk.
(() => {
  'use strict';
  const form = document.querySelector('.page-form, .settings-form');
  if (!form) return;
  // Of several sites each has its desk below an address of its own.
  const base = form.getAttribute('action').replace(/\/(?:pages|site|items\/[^/]+\/fields)\/[^/]+$/, '');
  const notices = document.getElementById('page-notices');
  const say = (words) => {
    if (notices) notices.textContent = words;
  };
  let touched = false;
  const itemOf = (target) => (target instanceof Element ? target.closest('[data-sort]') : null);
  const nameOf = (item) => item.querySelector('summary')?.textContent.trim() || '这一行';

  const move = (item, way) => {
    const other = way === 'up' ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return false;
    item.parentElement.insertBefore(item, way === 'up' ? other : other.nextElementSibling);
    touched = true;
    return true;
  };
  const tell = (item) => {
    const all = [...item.parentElement.children];
    say(`${nameOf(item)}：第 ${all.indexOf(item) + 1} 位，共 ${all.length} 位。还没有保存。`);
  };
  const step = (item, way, focus) => {
    if (move(item, way)) tell(item);
    else say(way === 'up' ? '已经在最前面。' : '已经在最后面。');
    focus?.focus();
    item.scrollIntoView({ block: 'nearest' });
  };

  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-move]') : null;
    const item = button && itemOf(button);
    if (!item) return;
    event.preventDefault();
    step(item, button.dataset.move, button);
  });
  form.addEventListener('keydown', (event) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const item = itemOf(event.target);
    if (!item) return;
    event.preventDefault();
    step(item, event.key === 'ArrowUp' ? 'up' : 'down', event.target);
  });

  let dragged = null;
  for (const item of form.querySelectorAll('[data-sort]')) {
    const grip = document.createElement('span');
    grip.className = 'grip';
    grip.textContent = '⠿';
    grip.draggable = true;
    grip.setAttribute('aria-hidden', 'true');
    item.prepend(grip);
  }
  form.addEventListener('dragstart', (event) => {
    if (!(event.target instanceof Element) || !event.target.matches('.grip')) return;
    dragged = itemOf(event.target);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', nameOf(dragged));
    event.dataTransfer.setDragImage(dragged, 8, 8);
  });
  form.addEventListener('dragover', (event) => {
    let over = itemOf(event.target);
    while (over && dragged && over.parentElement !== dragged.parentElement) over = itemOf(over.parentElement);
    if (!over || !dragged) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    const before = event.clientY < top + height / 2;
    over.parentElement.insertBefore(dragged, before ? over : over.nextElementSibling);
    touched = true;
  });
  form.addEventListener('drop', (event) => {
    if (dragged) event.preventDefault();
  });
  form.addEventListener('dragend', () => {
    if (dragged) tell(dragged);
    dragged = null;
  });

  // A picture that is not in the library yet is handed in where it is chosen; without a script there is the library.
  const picturesIn = () => [...form.querySelectorAll('select[data-picture]')];
  const handIn = async (select, file, alt, status) => {
    const body = new FormData();
    body.set('alt', alt);
    body.set('file', file);
    status.textContent = '正在上传…';
    try {
      const headers = { 'x-form-token': form.elements._token.value };
      const told = await (await fetch(`${base}/api/upload`, { method: 'POST', headers, body })).json();
      const problem = told.error ?? told[0]?.refused;
      if (problem) throw new Error(`${problem.zh}${problem.todo.zh}`);
      const [{ item, title }] = told;
      for (const one of picturesIn()) one.append(new Option(`${title}（未上线）`, item));
      select.value = item;
      touched = true;
      const along = form.matches('.page-form') ? '和版面一起送审' : '请在媒体库里送审';
      status.textContent = `已上传“${title}”，${along}。`;
      return true;
    } catch (error) {
      status.textContent = error instanceof TypeError ? '没有送到，请检查网络后再试。' : error.message;
      return false;
    }
  };
  const labelled = (words, input) => {
    const label = document.createElement('label');
    label.append(`${words} `, input);
    return label;
  };
  for (const select of picturesIn()) {
    const box = document.createElement('details');
    box.className = 'new-picture';
    const summary = document.createElement('summary');
    summary.textContent = '上传新图';
    const [alt, file] = [document.createElement('input'), document.createElement('input')];
    alt.maxLength = 500;
    Object.assign(file, { type: 'file', accept: '.jpg,.jpeg,.png,.webp,.gif' });
    const [send, status] = [document.createElement('button'), document.createElement('p')];
    Object.assign(send, { type: 'button', className: 'quiet', textContent: '上传' });
    status.setAttribute('role', 'status');
    box.append(summary, labelled('图中是什么', alt), labelled('文件', file), send, status);
    select.after(box);
    alt.addEventListener('keydown', (event) => {
      // Enter in a field of the form would send the form.
      if (event.key === 'Enter') event.preventDefault();
    });
    send.addEventListener('click', async () => {
      if (!file.files[0]) {
        status.textContent = '请先选文件。';
        return;
      }
      if (await handIn(select, file.files[0], alt.value, status)) {
        alt.value = '';
        file.value = '';
        select.focus();
      }
    });
  }

  // What was typed is not left behind by mistake.
  form.addEventListener('input', () => {
    touched = true;
  });
  form.addEventListener('submit', () => {
    touched = false;
  });
  addEventListener('beforeunload', (event) => {
    if (touched) event.preventDefault();
  });

  const { item, kind, hold } = form.dataset;
  if (!hold) return;
  const tab = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('');
  const token = form.elements._token.value;
  const call = (what, body) =>
    fetch(`${base}/api/writing/${item}/${what}`, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', 'x-form-token': token },
      body: JSON.stringify({ kind, tab, ...body }),
    });
  const held = (by) => {
    const box = document.createElement('div');
    box.className = 'problem';
    const words = document.createElement('p');
    words.textContent = `${by}正在改这里，现在保存会被拒绝。`;
    const take = document.createElement('button');
    take.type = 'button';
    take.className = 'quiet';
    take.textContent = '接过来改';
    take.addEventListener('click', () => {
      void holding(true);
    });
    box.append(words, take);
    notices?.replaceChildren(box);
  };
  const holding = async (take = false) => {
    try {
      const answer = await call('hold', take ? { take } : {});
      if (answer.ok) {
        if (notices?.querySelector('.problem')) say(take ? '已接过来，可以保存了。' : '');
        return;
      }
      const { error } = await answer.json();
      if (error?.code === 'item-held') held(error.parameters?.by ?? '有人');
    } catch {
      // Not reached: the base of the form still keeps one from saving over the other.
    }
  };
  void holding();
  const renewing = setInterval(() => void holding(), 20_000);
  addEventListener('pagehide', () => {
    clearInterval(renewing);
    void call('leave', {});
  });
})();
