/**
 * The one script of the checkout, sent with the page. Without it everything works and the page asks again by itself; with
 * it the time counts down, the page changes in place when the answer comes, and says so to who listens. Seconds are shown
 * and never said. Written for old phones' browsers, by hand.
 */
const SCRIPT = `
(function () {
  var d = document, say = d.getElementById('say'), tick, timer, busy = false, failures = 0;
  function main() { return d.querySelector('main'); }
  function left() {
    var t = d.querySelector('time[data-until]');
    if (!t) return;
    var s = Math.max(0, Math.ceil((+t.getAttribute('data-until') - Date.now() + skew()) / 1000));
    t.textContent = Math.floor(s / 60) + ':' + ('0' + (s % 60)).slice(-2);
    if (s === 0 && !t.ended) { t.ended = true; ask(); }
  }
  function skew() { var t = d.querySelector('time[data-until]'); if (t.skew === undefined) t.skew = loadedAt - +t.getAttribute('data-now'); return t.skew; }
  function offline(is) {
    var n = d.getElementById('offline');
    if (!n || n.hidden === !is) return;
    n.hidden = !is;
    speak(is ? n.getAttribute('data-say') : '');
  }
  function speak(text) { say.textContent = ''; setTimeout(function () { say.textContent = text; }, 50); }
  function swap(text) {
    // Styles are here already; the new page's nonce is not this page's.
    var next = new DOMParser().parseFromString(text.replace(/<style[^]*?<.style>/, ''), 'text/html'), page = next.querySelector('.page');
    if (!page) return location.reload();
    loadedAt = Date.now();
    d.title = next.title;
    var here = d.querySelector('.page');
    here.parentNode.replaceChild(d.importNode(page, true), here);
    scrollTo(0, 0);
    var h = d.querySelector('h1');
    if (h) { h.tabIndex = -1; h.focus({ preventScroll: true }); }
    speak(main().getAttribute('data-say') || '');
    begin();
  }
  function ask() {
    clearTimeout(timer);
    var m = main(), every = +m.getAttribute('data-every');
    if (!every || busy) return;
    if (navigator.onLine === false) return offline(true);
    busy = true;
    fetch(m.getAttribute('data-status'), { cache: 'no-store', credentials: 'same-origin' })
      .then(function (r) { if (!r.ok) throw r; return r.text(); })
      .then(function (version) {
        failures = 0;
        offline(false);
        if (version === m.getAttribute('data-version')) return null;
        return fetch(location.href, { cache: 'no-store', credentials: 'same-origin' })
          .then(function (r) { return r.text(); }).then(swap);
      })
      .catch(function () { if (++failures > 1) offline(true); })
      .then(function () { busy = false; again(); });
  }
  function again() {
    clearTimeout(timer);
    var every = +main().getAttribute('data-every');
    if (every) timer = setTimeout(ask, Math.min(30000, every * Math.pow(2, Math.min(failures, 4))));
  }
  function begin() {
    clearInterval(tick);
    var p = d.getElementById('print');
    if (p) p.hidden = false;
    if (d.querySelector('time[data-until]')) { left(); tick = setInterval(left, 1000); }
    again();
  }
  var loadedAt = Date.now();
  addEventListener('online', function () { failures = 0; ask(); });
  addEventListener('offline', function () { if (main().getAttribute('data-every')) offline(true); });
  d.addEventListener('visibilitychange', function () { if (!d.hidden) ask(); });
  d.addEventListener('submit', function (e) {
    var f = e.target;
    if (f.sent) return e.preventDefault();
    f.sent = true;
  });
  addEventListener('pageshow', function (e) { if (e.persisted) location.reload(); });
  d.addEventListener('click', function (e) {
    if (e.target.id === 'print') { e.preventDefault(); print(); }
  });
  begin();
})();
`;

export const PAGE_SCRIPT = SCRIPT.replace(/^\s*\/\/.*$/gm, '')
  .replace(/\n\s+/g, '\n')
  .trim();
