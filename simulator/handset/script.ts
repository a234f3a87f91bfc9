/**
 * The page's only script: it takes the live parts as they change, counts down, and lets the keys type. Without it the page
 * loads itself again every few seconds, and every button is a form.
 */
export const SCRIPT = `(() => {
  const bench = document.querySelector('[data-phone]');
  if (!bench) return;
  const part = (name) => document.querySelector('[data-live="' + name + '"]');
  const kinds = document.querySelectorAll('.dev-in');
  const remember = (id) => { try { localStorage.setItem('device', id); } catch {} };
  let kind = null;
  try { kind = localStorage.getItem('device'); } catch {}
  if (kind && document.getElementById(kind)) document.getElementById(kind).checked = true;
  kinds.forEach((input) => input.addEventListener('change', () => remember(input.id)));

  let shown = null;
  let endsAt = 0;
  const readCount = () => {
    const left = document.querySelector('[data-until]');
    endsAt = left ? performance.now() + Number(left.dataset.until) : 0;
  };
  const count = () => {
    const left = document.querySelector('[data-until]');
    if (!left || !endsAt) return;
    const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    left.textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
  };
  readCount();
  setInterval(count, 500);

  const swap = (name, markup) => {
    const element = part(name);
    if (element && element.innerHTML !== markup) element.innerHTML = markup;
  };
  const source = new EventSource('/handset/events?phone=' + bench.dataset.phone);
  source.addEventListener('parts', (event) => {
    const parts = JSON.parse(event.data);
    ['phones', 'standing', 'log'].forEach((name) => {
      const element = part(name);
      if (element && !element.contains(document.activeElement)) swap(name, parts[name]);
    });
    const screen = parts.prompt + parts.isOn;
    const box = document.createElement('template');
    box.innerHTML = parts.screens;
    ['feat', 'smart'].forEach((name) => {
      const now = part(name);
      const next = box.content.querySelector('[data-live="' + name + '"]');
      // A PIN that is being typed stays while its prompt does.
      const typing = now.contains(document.activeElement) || [...now.querySelectorAll('.pin')].some((pin) => pin.value);
      if (screen === shown && typing) return;
      now.className = next.className;
      if (now.innerHTML !== next.innerHTML) now.innerHTML = next.innerHTML;
    });
    const under = part('under');
    if (screen !== shown || !under.contains(document.activeElement)) swap('under', parts.under);
    readCount();
    count();
    if (parts.prompt && shown !== null && screen !== shown) {
      const pin = [...document.querySelectorAll('.pin')].find((input) => input.offsetParent);
      if (pin && (document.activeElement === document.body || !document.activeElement)) pin.focus();
    }
    shown = screen;
  });
  const live = document.querySelector('.live');
  const words = live && live.textContent;
  source.addEventListener('error', () => { live.textContent = 'The simulator does not answer'; live.classList.add('lost'); });
  source.addEventListener('open', () => { live.textContent = words; live.classList.remove('lost'); });

  document.addEventListener('click', (event) => {
    const key = event.target.closest('[data-key]');
    if (!key || !/[0-9]/.test(key.dataset.key)) return;
    const pin = document.querySelector('.feat .pin');
    if (!pin || pin.value.length >= pin.maxLength) return;
    pin.value += key.dataset.key;
  });
  const faults = document.querySelector('.faults');
  const tick = () => {
    const on = faults.querySelectorAll('input[type=checkbox]:checked').length;
    faults.closest('form').querySelector('.btn.primary').textContent = on === 0 ? 'Set faults' : on === 1 ? 'Set 1 fault' : 'Set ' + on + ' faults';
  };
  if (faults) { faults.addEventListener('change', tick); tick(); }
})();
`;
