// What the press is at: asked for every two seconds while the page is looked at, ten minutes at most, so that a screen left on keeps
// nobody signed in. The region is put in anew only where it differs and nobody's focus stands in it; what is said aloud is one short
// sentence, when it changes.
(() => {
  'use strict';
  const base = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';
  const region = document.querySelector('#press');
  const said = document.querySelector('#press-said');
  if (!region || !said) return;
  let before;
  let left = 300;

  const put = async () => {
    const answer = await fetch(`${base}/releases`, { redirect: 'error' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('#press');
    if (!fresh || fresh.innerHTML === region.innerHTML || region.contains(document.activeElement)) return;
    const words = fresh.dataset.said ?? '';
    if (words !== region.dataset.said) said.textContent = words;
    region.dataset.said = words;
    region.replaceChildren(...fresh.childNodes);
  };

  const look = async () => {
    if (document.hidden) return;
    if (--left < 0) {
      clearInterval(timer);
      said.textContent = '已停止自动更新，刷新页面可继续。';
      return;
    }
    const answer = await fetch(`${base}/api/press`, { redirect: 'error' });
    const now = answer.ok ? await answer.text() : before;
    if (now === before) return;
    before = now;
    await put();
  };

  const timer = setInterval(() => {
    // Away for a moment: asked again.
    look().catch(() => undefined);
  }, 2000);
})();
