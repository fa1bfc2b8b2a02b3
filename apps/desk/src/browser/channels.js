// The tree of channels: a row is dragged before another or into it, Alt with an arrow moves it among its siblings. Nothing is changed
// here: dragging leads to the page that shows what the move changes, the keys press the buttons that stand in the row.
(() => {
  'use strict';
  const base = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';
  const tree = document.querySelector('.tree');
  if (!tree) return;
  const rowOf = (target) => (target instanceof Element ? target.closest('[data-channel]') : null);
  let dragged = null;

  for (const row of tree.querySelectorAll('[data-channel][data-movable]')) row.draggable = true;

  const clear = () => {
    for (const row of tree.querySelectorAll('[data-drop]')) delete row.dataset.drop;
  };
  /** Upper part of a row: before it. Lower part: into it. */
  const dropAt = (row, event) => {
    const { top, height } = row.getBoundingClientRect();
    return event.clientY < top + height * 0.4 ? 'before' : 'into';
  };
  const mayDrop = (row) => row && dragged && row !== dragged && !dragged.parentElement.contains(row);

  tree.addEventListener('dragstart', (event) => {
    dragged = rowOf(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.channel);
  });
  tree.addEventListener('dragend', () => {
    dragged = null;
    clear();
  });
  tree.addEventListener('dragover', (event) => {
    const row = rowOf(event.target);
    if (!mayDrop(row)) return;
    event.preventDefault();
    clear();
    row.dataset.drop = dropAt(row, event);
  });
  tree.addEventListener('drop', (event) => {
    const row = rowOf(event.target);
    if (!mayDrop(row)) return;
    event.preventDefault();
    const into = dropAt(row, event) === 'into';
    const place = into
      ? { parent: row.dataset.channel, before: '' }
      : { parent: row.dataset.parent, before: row.dataset.channel };
    location.assign(`${base}/channels/${dragged.dataset.channel}/move?${new URLSearchParams(place)}`);
  });
  tree.addEventListener('keydown', (event) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const button = rowOf(event.target)?.querySelector(event.key === 'ArrowUp' ? '.up' : '.down');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
