// Intake: files that are dropped join those that are chosen; runs at work are kept up to date; places are gone through by keys.
// Without it the forms do the same, and a page says how far it is when it is opened.
(() => {
  'use strict';

  const zone = document.querySelector('[data-drop]');
  const input = zone?.querySelector('input[type=file]');
  const tell = () => {
    const names = [...input.files].map(({ name }) => name);
    const lines = names.length > 20 ? [...names.slice(0, 20), `等 ${names.length} 个`] : names;
    zone
      .querySelector('[data-chosen]')
      .replaceChildren(...lines.map((name) => Object.assign(document.createElement('li'), { textContent: name })));
  };
  if (input) {
    input.addEventListener('change', tell);
    takeDropped(zone, (files) => {
      const all = new DataTransfer();
      for (const file of [...input.files, ...files]) all.items.add(file);
      input.files = all.files;
      tell();
    });
  }

  // Ten minutes at most, so that a screen left on keeps nobody signed in; nothing is put in anew under somebody's hands.
  const region = document.querySelector('[data-live=yes]');
  let left = 300;
  const put = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.pathname + location.search, { redirect: 'error' });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#runs');
    if (!fresh || region.contains(document.activeElement)) return;
    if (fresh.innerHTML !== region.innerHTML) region.replaceChildren(...fresh.childNodes);
    // All is done: the list below is another one now.
    if (fresh.dataset.live === 'no' && !document.querySelector('main input:checked')) location.reload();
  };
  const timer =
    region &&
    setInterval(() => {
      if (--left < 0) clearInterval(timer);
      else put().catch(() => undefined);
    }, 2000);

  const places = [...document.querySelectorAll('.place')];
  const keys = document.querySelector('[data-keys]');
  if (places.length === 0 || !keys) return;
  keys.hidden = false;
  for (const place of places) place.tabIndex = 0;
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && places.includes(target)) target.focus();
  document.querySelector('.places').addEventListener('keydown', (event) => {
    const place = event.target.closest('.place');
    if (
      !place ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
    )
      return;
    const key = event.key.toLowerCase();
    const step = { j: 1, k: -1 }[key];
    if (step !== undefined) {
      event.preventDefault();
      places[places.indexOf(place) + step]?.focus();
      return;
    }
    const named = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!named) return;
    event.preventDefault();
    if (key !== 'f') {
      named.click();
      return;
    }
    named.parentElement.open = true;
    named.parentElement.querySelector('input[name=fill]').focus();
  });
})();
