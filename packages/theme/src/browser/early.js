// Before the first paint: what the reader chose last time. No cookie; nothing leaves the device.
(() => {
  const root = document.documentElement;
  root.dataset.script = 'on';
  try {
    for (const name of ['size', 'theme', 'lines', 'pointer', 'guide', 'rate', 'reader']) {
      const value = localStorage.getItem(`view-${name}`);
      if (value) root.dataset[name] = value;
    }
  } catch {
    root.dataset.kept = 'no';
  }
})();
