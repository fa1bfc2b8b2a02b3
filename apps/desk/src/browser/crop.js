// The frame and the focus of a picture are moved on the picture: by dragging, or by the arrow keys on what has the focus, ten times
// as far with Shift. The numbers of the form are what is sent; both always say the same.
(() => {
  'use strict';
  const form = document.querySelector('.crop-form');
  const stage = form?.querySelector('.crop-stage');
  if (!stage) return;
  const image = stage.querySelector('img');
  const status = form.querySelector('[role=status]');
  const [wide, high] = [Number(image.getAttribute('width')), Number(image.getAttribute('height'))];
  const least = Math.min(Number(stage.dataset.least), wide, high);
  const names = ['left', 'top', 'width', 'height', 'x', 'y'];
  const clamp = (value, low, top) => Math.max(low, Math.min(top, Math.round(value)));
  let now = {};

  const make = (name, label, into = stage) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `crop-${name}`;
    button.setAttribute('aria-label', label);
    into.append(button);
    return button;
  };
  // What darkens the rest ends at the picture; the handles may reach beyond it.
  const shade = document.createElement('div');
  shade.className = 'crop-shade';
  stage.append(shade);
  const box = make('box', '裁剪框，方向键移动', shade);
  const corners = Object.entries({ nw: '左上角', ne: '右上角', sw: '左下角', se: '右下角' }).map(([corner, zh]) => {
    const button = make('corner', `裁剪框${zh}，方向键改大小`);
    return [corner, button];
  });
  const focus = make('focus', '焦点，方向键移动');
  const ratios = document.createElement('p');
  ratios.innerHTML = '<label>比例 <select></select></label> <button type="button" class="quiet">整张</button>';
  const [select, whole] = [ratios.querySelector('select'), ratios.querySelector('button')];
  for (const [value, words] of [
    ['', '自由'],
    [wide / high, '和原图一样'],
    [16 / 9, '16 : 9（列表、卡片）'],
    [4 / 3, '4 : 3'],
    [1, '1 : 1'],
    [3 / 4, '3 : 4（头像）'],
  ])
    select.append(new Option(words, value));
  form.querySelector('.crop-numbers').prepend(ratios);
  const shown = document.createElement('canvas');
  shown.width = 480;
  shown.height = 270;
  shown.setAttribute('aria-hidden', 'true');
  const caption = document.createElement('figcaption');
  caption.textContent = '在列表和卡片里';
  const figure = document.createElement('figure');
  figure.className = 'crop-shown';
  figure.append(shown, caption);
  form.querySelector('.crop-numbers').append(figure);

  const place = (element, left, top) => {
    element.style.left = `${(left / wide) * 100}%`;
    element.style.top = `${(top / high) * 100}%`;
  };
  /** As a card shows it: what fits of the frame, and the focus in it. */
  const paint = () => {
    const { left, top, width, height, x, y } = now;
    const scale = Math.max(shown.width / width, shown.height / height);
    const [w, h] = [shown.width / scale, shown.height / scale];
    if (!image.complete || image.naturalWidth === 0) return;
    const real = image.naturalWidth / wide;
    const [from, down] = [left + ((width - w) * x) / 100, top + ((height - h) * y) / 100];
    shown
      .getContext('2d')
      .drawImage(image, from * real, down * real, w * real, h * real, 0, 0, shown.width, shown.height);
  };
  const draw = () => {
    const { left, top, width, height, x, y } = now;
    place(box, left, top);
    box.style.width = `${(width / wide) * 100}%`;
    box.style.height = `${(height / high) * 100}%`;
    for (const [corner, button] of corners)
      place(button, corner.includes('w') ? left : left + width, corner.includes('n') ? top : top + height);
    place(focus, left + (width * x) / 100, top + (height * y) / 100);
    paint();
  };
  const put = (changed) => {
    now = { ...now, ...changed };
    for (const name of names) form.elements[name].value = now[name];
    status.textContent = `框：从左 ${now.left}、从上 ${now.top}，${now.width} × ${now.height}；焦点：${now.x}%、${now.y}%`;
    draw();
  };
  const read = () => {
    const typed = Object.fromEntries(names.map((name) => [name, Number(form.elements[name].value)]));
    const left = clamp(typed.left || 0, 0, wide - least);
    const top = clamp(typed.top || 0, 0, high - least);
    now = {
      ...{ left, top },
      width: clamp(typed.width || wide, least, wide - left),
      height: clamp(typed.height || high, least, high - top),
      x: clamp(typed.x, 0, 100),
      y: clamp(typed.y, 0, 100),
    };
    draw();
  };

  const move = (left, top) => put({ left: clamp(left, 0, wide - now.width), top: clamp(top, 0, high - now.height) });
  /** The corner goes to a point as far as the picture and the ratio let it; the corner across stays. */
  const pull = (corner, px, py) => {
    const [west, north] = [corner.includes('w'), corner.includes('n')];
    const [ax, ay] = [west ? now.left + now.width : now.left, north ? now.top + now.height : now.top];
    const [roomX, roomY] = [west ? ax : wide - ax, north ? ay : high - ay];
    let width = clamp(west ? ax - px : px - ax, Math.min(least, roomX), roomX);
    let height = clamp(north ? ay - py : py - ay, Math.min(least, roomY), roomY);
    const ratio = Number(select.value);
    if (ratio > 0) {
      width = Math.min(Math.max(width, least, least * ratio), roomX, roomY * ratio);
      height = Math.round(width / ratio);
      width = Math.round(width);
    }
    put({ width, height, left: west ? ax - width : ax, top: north ? ay - height : ay });
  };
  const aim = (px, py) =>
    put({
      x: clamp(((px - now.left) / now.width) * 100, 0, 100),
      y: clamp(((py - now.top) / now.height) * 100, 0, 100),
    });

  /** `start` answers what a point does, given where the pointer went down. */
  const drag = (button, start) => {
    button.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      const at = ({ clientX, clientY }) => {
        const { left, top, width, height } = image.getBoundingClientRect();
        return [((clientX - left) / width) * wide, ((clientY - top) / height) * high];
      };
      const to = start(...at(event));
      button.setPointerCapture(event.pointerId);
      const follow = (moved) => to(...at(moved));
      button.addEventListener('pointermove', follow);
      button.addEventListener('lostpointercapture', () => button.removeEventListener('pointermove', follow), {
        once: true,
      });
    });
  };
  const keys = (button, step) => {
    button.addEventListener('keydown', (event) => {
      const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      const way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      const far = event.shiftKey ? 10 : 1;
      step(way[0] * far, way[1] * far);
    });
  };
  const unit = Math.max(1, Math.round(wide / 200));
  drag(box, (px, py) => {
    const [dx, dy] = [px - now.left, py - now.top];
    return (x, y) => move(x - dx, y - dy);
  });
  keys(box, (x, y) => move(now.left + x * unit, now.top + y * unit));
  for (const [corner, button] of corners) {
    drag(button, () => (x, y) => pull(corner, x, y));
    keys(button, (x, y) => {
      const px = (corner.includes('w') ? now.left : now.left + now.width) + x * unit;
      const ratio = Number(select.value);
      const down = (corner.includes('n') ? now.top : now.top + now.height) + y * unit;
      // In a fixed ratio the width leads: up and down change it too.
      const also = ratio > 0 && x === 0 ? y * unit * ratio * (corner === 'nw' || corner === 'se' ? 1 : -1) : 0;
      pull(corner, px + also, down);
    });
  }
  drag(focus, () => aim);
  keys(focus, (x, y) => put({ x: clamp(now.x + x, 0, 100), y: clamp(now.y + y, 0, 100) }));
  select.addEventListener('change', () => {
    const ratio = Number(select.value);
    if (!(ratio > 0)) return;
    const width = Math.min(now.width, now.height * ratio, wide, high * ratio);
    const size = { width: Math.round(width), height: Math.round(width / ratio) };
    put({
      ...size,
      left: clamp(now.left + (now.width - size.width) / 2, 0, wide - size.width),
      top: clamp(now.top + (now.height - size.height) / 2, 0, high - size.height),
    });
  });
  whole.addEventListener('click', () => {
    select.value = '';
    put({ left: 0, top: 0, width: wide, height: high });
  });
  form.addEventListener('input', (event) => {
    if (names.includes(event.target.name)) read();
  });
  image.addEventListener('load', paint);
  read();
})();
