// The media library: files that are chosen or dropped go up one after another, each with a line that says what became of it.
(() => {
  'use strict';
  const base = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';
  const zone = document.querySelector('.drop');
  if (!zone) return;
  const [input, owner, list, summary] = ['input', 'select', 'ol', '[role=status]'].map((what) =>
    zone.querySelector(what),
  );
  zone.hidden = false;
  let queue = Promise.resolve();
  let [waiting, saved, refused] = [0, 0, 0];

  const tell = () => {
    summary.textContent =
      waiting > 0
        ? `正在上传，还有 ${waiting} 个`
        : `已保存 ${saved} 个${refused > 0 ? `，${refused} 个没有收下` : ''}`;
  };
  const send = async (file, line) => {
    const form = new FormData();
    form.set('owner', owner.value);
    // Their words are written afterwards, in the list; without them no picture is approved.
    form.set('wordless', 'yes');
    form.set('file', file);
    try {
      const headers = { 'x-form-token': zone.dataset.token };
      const answer = await fetch(`${base}/api/upload`, { method: 'POST', headers, body: form });
      const told = await answer.json();
      const problem = told.error ?? told[0]?.refused;
      if (problem) throw new Error(`${problem.zh}${problem.todo.zh}`);
      saved += 1;
      line.textContent = `${file.name}：已保存`;
    } catch (error) {
      refused += 1;
      line.className = 'late';
      line.textContent = `${file.name}：${error instanceof TypeError ? '没有送到，请检查网络后再选一次' : error.message}`;
    }
    waiting -= 1;
    tell();
  };
  const take = (files) => {
    for (const file of files) {
      const line = document.createElement('li');
      line.textContent = `${file.name}：等待`;
      list.append(line);
      waiting += 1;
      queue = queue.then(() => send(file, line));
    }
    tell();
    void queue.then(() => {
      // What was refused stays to be read.
      if (waiting === 0 && saved > 0 && refused === 0) location.assign(`${base}/media`);
    });
  };

  input.addEventListener('change', () => {
    take([...input.files]);
    input.value = '';
  });
  takeDropped(zone, take);
})();
