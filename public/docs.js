// @ts-check
// What the docs do beyond HTML, without a framework: copy, remember the language, search, mark where the reader is.
// Every page reads and works without it.

const STATUS_MS = 1600;
const SHOWN_MAX = 8;

document.addEventListener('click', (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest?.('[data-copy]');
  if (button instanceof HTMLElement) void copyShown(button);
  if (target.closest?.('.nav a')) closeContents();
});

document.addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.name !== 'language') return;
  try {
    localStorage.setItem('pesewa-docs-language', input.value);
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
});

function closeContents() {
  const menu = document.getElementById('menu');
  if (menu instanceof HTMLInputElement) menu.checked = false;
}

/** @param {HTMLElement} button */
async function copyShown(button) {
  const blocks = [...(button.closest('figure')?.querySelectorAll('pre') ?? [])];
  const shown = blocks.find((block) => block.getClientRects().length > 0);
  const word = button.querySelector('.copy-word');
  const status = document.getElementById('copy-status');
  if (!shown || !word || !status) return;
  try {
    await navigator.clipboard.writeText(shown.textContent ?? '');
    button.dataset.copied = '';
    word.textContent = 'Copied';
    status.textContent = 'Copied to the clipboard';
  } catch {
    word.textContent = 'Not copied';
    status.textContent = 'The browser did not allow copying';
  }
  setTimeout(() => {
    delete button.dataset.copied;
    word.textContent = 'Copy';
    status.textContent = '';
  }, STATUS_MS);
}

/** @typedef {{ title: string, href: string, group: string, method?: string, hint?: string }} SearchItem */

/** @type {Promise<SearchItem[]> | undefined} */
let loading;
function loadIndex() {
  loading ??= fetch('/docs/search-index').then((answer) => answer.json());
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** @param {SearchItem[]} items @param {string} query */
function find(items, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = items.flatMap((item) => {
    const title = item.title.toLowerCase();
    const all =
      `${title} ${title.replaceAll('_', ' ')} ${item.group} ${item.method ?? ''} ${item.hint ?? ''}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    return [{ item, score: title.startsWith(words[0]) ? 0 : title.includes(words[0]) ? 1 : 2 }];
  });
  scored.sort((a, b) => a.score - b.score);
  return scored.slice(0, SHOWN_MAX).map(({ item }) => item);
}

/** @param {SearchItem} item @param {number} index */
function option(item, index) {
  const link = document.createElement('a');
  Object.assign(link, { id: `search-${index}`, href: item.href, tabIndex: -1 });
  link.setAttribute('role', 'option');
  /** @param {'b' | 'span' | 'code'} tag @param {string} text */
  const add = (tag, text) => link.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
  add('b', item.title);
  add('span', item.group);
  if (item.hint) add('code', `${item.method?.toUpperCase() ?? ''} ${item.hint}`);
  return link;
}

function startSearch() {
  const form = document.querySelector('.search form');
  const input = form?.querySelector('input');
  const panel = /** @type {HTMLElement | null} */ (document.querySelector('.results'));
  const list = panel?.querySelector('[role=listbox]');
  const none = panel?.querySelector('[role=status]');
  if (!form || !input || !panel || !list || !none) return;
  let active = 0;
  const links = () => /** @type {HTMLAnchorElement[]} */ ([...list.children]);

  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', 'search-results');
  input.setAttribute('aria-expanded', 'false');

  const mark = () => {
    links().forEach((link, index) => {
      link.setAttribute('aria-selected', String(index === active));
      if (index === active) link.scrollIntoView({ block: 'nearest' });
    });
    const open = !panel.hidden;
    input.setAttribute('aria-expanded', String(open));
    if (open && links().length > 0) input.setAttribute('aria-activedescendant', `search-${active}`);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    panel.hidden = true;
    mark();
  };
  const update = async () => {
    const query = input.value.trim();
    if (query === '') return close();
    const results = find(await loadIndex(), query);
    if (query !== input.value.trim()) return;
    active = 0;
    list.replaceChildren(...results.map(option));
    none.textContent = results.length > 0 ? '' : `Nothing matches “${query}”. Try a path or an error code.`;
    panel.hidden = false;
    mark();
  };

  input.addEventListener('focus', () => {
    loadIndex().catch(() => undefined);
    void update();
  });
  input.addEventListener('input', () => void update());
  input.addEventListener('blur', close);
  panel.addEventListener('mousedown', (event) => event.preventDefault());
  panel.addEventListener('click', (event) => {
    if (/** @type {Element} */ (event.target).closest('a')) input.blur();
  });
  panel.addEventListener('pointermove', (event) => {
    const link = /** @type {Element} */ (event.target).closest('a');
    const index = link ? links().indexOf(link) : -1;
    if (index < 0 || index === active) return;
    active = index;
    mark();
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      if (input.value === '') input.blur();
      input.value = '';
      close();
    } else if (step && links().length > 0) {
      event.preventDefault();
      active = (active + step + links().length) % links().length;
      mark();
    }
  });
  form.addEventListener('submit', (event) => {
    const link = panel.hidden ? undefined : links()[active];
    event.preventDefault();
    if (!link) return;
    input.blur();
    link.click();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeContents();
    const field = /** @type {Element} */ (event.target).closest?.(
      'input:not([type=radio]):not([type=checkbox]), textarea',
    );
    if (event.key !== '/' || field || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** The operation whose heading last passed the upper third is the current one in the contents. */
function startMarking() {
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-operation]')]);
  if (sections.length === 0) return;
  const observer = new IntersectionObserver(
    () => {
      const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight * 0.35);
      const id = passed.at(-1)?.id;
      for (const link of document.querySelectorAll('.nav a[href*="#"]')) {
        const here = link instanceof HTMLAnchorElement && link.pathname === location.pathname && link.hash === `#${id}`;
        if (here) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '0px 0px -65% 0px', threshold: [0, 0.01] },
  );
  for (const section of sections) observer.observe(section);
}

/** A long contents column opens where the reader is. */
function showCurrent() {
  const nav = document.querySelector('.nav');
  const current = nav?.querySelector('[aria-current]');
  if (!nav || !current) return;
  const below = current.getBoundingClientRect().bottom - nav.getBoundingClientRect().bottom;
  if (below > 0) nav.scrollTop += below + nav.clientHeight / 2;
}

// After the load: under `next dev` React has then taken the page over and expects its own attributes no more.
addEventListener('load', () =>
  setTimeout(() => {
    startSearch();
    startMarking();
    showCurrent();
  }),
);
