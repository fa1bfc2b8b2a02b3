// Stands before a script that takes files: what is dropped on its zone, which is marked while something hovers over it.
'use strict';
const takeDropped = (zone, take) => {
  for (const name of ['dragover', 'dragenter'])
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = '';
    });
  zone.addEventListener('dragleave', () => delete zone.dataset.over);
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    take([...event.dataTransfer.files]);
  });
};
