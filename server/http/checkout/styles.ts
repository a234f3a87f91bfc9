/**
 * Pesewa checkout: `visual.md`'s tokens and the sketch's sheet. System fonts, no images, nothing loaded. Where a browser has no
 * custom properties (Opera Mini, old proxies) the value before var() is used. Light is paper, dark is slate ink; every pair of
 * text and ground meets WCAG AA.
 */
const SHEET = `
/* The page takes no file but itself. */
:root {
  color-scheme: light;
  --paper: #fbfaf7; --surface: #ffffff; --sunken: #f4f2ec; --line: #e4e0d6; --line-strong: #cbc5b6;
  --ink: #1b1d1a; --ink-2: #4a4d46; --ink-3: #63665d;
  --green: #0b5c43; --green-ink: #084a36; --green-tint: #e3f1ea; --on-green: #ffffff;
  --gold: #8a6100; --red: #b3261e; --red-tint: #fbe7e5; --amber: #8f5400; --amber-tint: #fdeed8;
  --blue: #1d5fa8; --blue-tint: #e5effa; --focus: #1d5fa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #121412; --surface: #1a1d1a; --sunken: #0d0f0d; --line: #2c302b; --line-strong: #434840;
    --ink: #eceee9; --ink-2: #b9bdb3; --ink-3: #8f948a;
    --green: #4cc495; --green-ink: #7bd8b2; --green-tint: #12312a; --on-green: #06231a;
    --gold: #e5b94e; --red: #ff8a80; --red-tint: #3a1816; --amber: #f2b266; --amber-tint: #38270f;
    --blue: #84b8f0; --blue-tint: #14273d; --focus: #84b8f0;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: #fbfaf7; background: var(--paper);
  color: #1b1d1a; color: var(--ink);
  font: 16px/1.5 Roboto, "Noto Sans", -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  -webkit-tap-highlight-color: transparent;
}
h1, p, dl, dd, ol, ul, fieldset, legend, blockquote { margin: 0; padding: 0; border: 0; }
ol, ul { list-style: none; }
fieldset { min-width: 0; }
h1 { font-size: 20px; line-height: 1.3; font-weight: 600; letter-spacing: -.005em; text-wrap: balance; }
p, li { text-wrap: pretty; }
b, strong { font-weight: 600; }
a { color: #0b5c43; color: var(--green); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.num { font-variant-numeric: tabular-nums; white-space: nowrap; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); white-space: nowrap; }
.quiet { color: #4a4d46; color: var(--ink-2); font-size: 14px; }
.ico { width: 20px; height: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }

/* ---- Frame ---- */
.page { max-width: 480px; margin: 0 auto; padding: 0 16px 24px; }
.top { display: flex; align-items: center; justify-content: space-between; min-height: 56px; }
.who { display: flex; align-items: center; font-weight: 600; }
.who i {
  flex: none; width: 32px; height: 32px; margin-right: 10px; border-radius: 6px;
  background: #1b1d1a; background: var(--ink); color: #fff; color: var(--paper);
  font: 600 13px/32px Roboto, Arial, sans-serif; text-align: center; letter-spacing: .02em;
}
.by { display: flex; align-items: center; color: var(--ink-2); font-size: 13px; }
.by svg { width: 18px; height: 18px; margin-right: 6px; fill: none; stroke: #8a6100; stroke: var(--gold); stroke-width: 2.4; stroke-linecap: round; }
.test {
  padding: 6px 16px; text-align: center; font-size: 13px; font-weight: 600;
  color: #8f5400; color: var(--amber); background: var(--amber-tint);
  border-bottom: 1px solid currentColor;
  background-image: repeating-linear-gradient(135deg, transparent 0 10px, rgba(143, 84, 0, .09) 10px 20px);
}

/* ---- The bill: the only place, with the receipt, that carries the double rule ---- */
.bill { padding: 8px 0 28px; }
.sum > div { display: flex; justify-content: space-between; align-items: baseline; padding: 5px 0; }
.sum dt { color: #4a4d46; color: var(--ink-2); }
.sum dd { font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 16px; text-align: right; }
.sum .total {
  margin-top: 6px; padding: 10px 0 9px;
  border-top: 1px solid #1b1d1a; border-top-color: var(--ink);
  border-bottom: 4px double #1b1d1a; border-bottom-color: var(--ink);
}
.sum .total dt { color: inherit; font-weight: 600; }
.sum .total dd { font-size: 28px; line-height: 1.15; font-weight: 600; letter-spacing: -.01em; }
.sum .total small { font-size: 14px; font-weight: 500; letter-spacing: 0; color: var(--ink-2); margin-right: 2px; }

/* ---- One state of the page ---- */
.lead { margin-top: 8px; }
.verdict + .lead { margin-top: 14px; }
.s .actions, .s > * + .box, .s > * + .steps, .s > * + .says, .s > * + .help, .s > * + .safe { margin-top: 20px; }

/* ---- Ways to pay ---- */
.ways { margin-top: 14px; background: var(--surface); border: 1px solid #cbc5b6; border-color: var(--line-strong); border-radius: 10px; }
.way + .way { border-top: 1px solid var(--line); }
.way > input, .net input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.way > label, .net label { display: flex; align-items: center; cursor: pointer; }
.way > label { min-height: 56px; padding: 8px 16px; font-weight: 600; }
.way > input:checked + label small { display: none; }
.way > label small { display: block; font-weight: 400; font-size: 14px; color: var(--ink-2); line-height: 1.35; }
.way > label::before, .net label::before {
  content: ""; flex: none; width: 20px; height: 20px; margin-right: 12px; border-radius: 50%;
  border: 2px solid #6b6e65; border-color: var(--ink-3); background: var(--surface);
}
.way > input:checked + label::before, .net input:checked + label::before { border: 6px solid #0b5c43; border-color: var(--green); }
.way > input:focus-visible + label, .net input:focus-visible + label { outline: 3px solid var(--focus); outline-offset: -3px; border-radius: 8px; }
.panel { display: none; padding: 0 16px 18px; }
.way > input:checked ~ .panel { display: block; }

.net { border: 1px solid var(--line); border-radius: 6px; margin-top: 6px; }
.net li + li { border-top: 1px solid var(--line); }
.net label { min-height: 46px; padding: 4px 12px; }
.net label em { margin-left: auto; padding-left: 8px; font-style: normal; font-size: 13px; color: var(--ink-3); font-variant-numeric: tabular-nums; white-space: nowrap; }
.net input:checked + label { background: #e3f1ea; background: var(--green-tint); }
.net input:checked + label em { color: var(--ink-2); }
.net li:first-child label { border-radius: 5px 5px 0 0; } .net li:last-child label { border-radius: 0 0 5px 5px; }
.net input:disabled + label { cursor: default; color: var(--ink-3); background: var(--sunken); }
.net input:disabled + label::before { border-style: dashed; background: none; }
.net input:disabled + label em { color: var(--amber); }

.label { display: block; font-size: 14px; font-weight: 600; }
.field { margin-top: 16px; }
.field small { display: block; font-size: 14px; color: var(--ink-2); line-height: 1.4; }
.field input {
  display: block; width: 100%; height: 50px; margin-top: 6px; padding: 0 12px;
  border: 1px solid #6b6e65; border-color: var(--ink-3); border-radius: 6px;
  background: #fff; background: var(--surface); color: inherit;
  font: 500 20px/1 Roboto, "Noto Sans", -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; letter-spacing: .02em;
}
.field input:focus { outline: 3px solid var(--focus); outline-offset: 0; border-color: transparent; }
.field input::placeholder { color: var(--ink-3); opacity: 1; font-weight: 400; }
.field .code { letter-spacing: .4em; text-align: left; }
.bad input { border: 2px solid #b3261e; border-color: var(--red); }
.err { display: flex; margin-top: 8px; font-size: 14px; line-height: 1.4; color: #b3261e; color: var(--red); }
.err .ico { width: 16px; height: 16px; margin: 2px 6px 0 0; }
.fixed { display: flex; align-items: center; justify-content: space-between; margin-top: 6px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--sunken); font-size: 20px; font-weight: 500; }
.fixed span { font-size: 14px; font-weight: 400; color: var(--ink-2); }

/* ---- Buttons ---- */
.btn {
  display: block; width: 100%; min-height: 52px; padding: 13px 16px; border: 1px solid transparent; border-radius: 6px;
  background: #0b5c43; background: var(--green); color: #fff; color: var(--on-green);
  font: 600 16px/24px Roboto, "Noto Sans", -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  text-align: center; text-decoration: none; cursor: pointer;
}
.btn:hover { background: var(--green-ink); }
.btn.two { background: #fff; background: var(--surface); color: inherit; border-color: #cbc5b6; border-color: var(--line-strong); }
.btn.two:hover { border-color: var(--ink-3); }
.btn.low { min-height: 44px; padding: 9px 16px; }
.btn:disabled { background: var(--sunken); color: var(--ink-3); border-color: var(--line); cursor: default; }
.panel .btn { margin-top: 18px; }
.under { margin-top: 10px; font-size: 14px; line-height: 1.45; color: var(--ink-2); text-align: center; }
.actions form + form, .actions .btn + .btn { margin-top: 10px; }
.out { display: block; padding: 12px 0; margin-top: 6px; text-align: center; font-size: 14px; color: #4a4d46; color: var(--ink-2); }

/* ---- The verdict: sign, word and sentence, the same for every end ---- */
.verdict { display: flex; align-items: center; }
.verdict p { font-size: 14px; font-weight: 600; line-height: 20px; }
.verdict h1 { color: #1b1d1a; color: var(--ink); }
.seal { flex: none; width: 48px; height: 48px; margin-right: 14px; padding: 10px; border: 2px solid; border-radius: 50%; }
.seal .ico { display: block; width: 24px; height: 24px; }
.t-ok { color: #0b5c43; color: var(--green); }
.t-ok .seal { background: var(--green); border-color: var(--green); color: var(--on-green); }
.t-no { color: #b3261e; color: var(--red); } .t-no .seal { background: var(--red-tint); }
.t-wait { color: #8f5400; color: var(--amber); } .t-wait .seal { background: var(--amber-tint); }
.t-off { color: #4a4d46; color: var(--ink-2); } .t-off .seal { background: var(--sunken); }

/* ---- Notices ---- */
.note { display: flex; padding: 12px 14px; margin-bottom: 16px; border: 1px solid; border-radius: 10px; font-size: 14px; line-height: 1.45; }
.note .ico { margin: 0 10px 0 0; }
.note > div { color: #1b1d1a; color: var(--ink); }
.note b { display: block; font-size: 16px; }
.n-amber { color: var(--amber); background: var(--amber-tint); }
.n-blue { color: var(--blue); background: var(--blue-tint); }
.n-stop { color: var(--amber); background: var(--amber-tint); border-width: 2px; }

/* ---- Steps ---- */
.steps li { position: relative; padding: 0 0 20px 36px; }
.steps li:last-child { padding-bottom: 0; }
.steps li::before { content: ""; position: absolute; left: 11px; top: 24px; bottom: 0; width: 2px; background: #e4e0d6; background: var(--line); }
.steps li:last-child::before { display: none; }
.steps .done::before { background: var(--green); }
.steps .mk { position: absolute; left: 0; top: 0; width: 24px; height: 24px; border-radius: 50%; border: 2px solid var(--line-strong); background: var(--surface); }
.steps .done .mk { background: var(--green); border-color: var(--green); color: var(--on-green); }
.steps .mk .ico { display: block; width: 14px; height: 14px; margin: 3px; stroke-width: 3; }
.steps .now .mk { border: 7px solid #0b5c43; border-color: var(--green); }
.steps .row { display: flex; justify-content: space-between; align-items: baseline; }
.steps .row > span { padding-left: 12px; font-size: 14px; color: var(--ink-2); white-space: nowrap; }
.steps .past .mk { border-color: var(--ink-3); background: none; }
.steps .past::before { background: var(--ink-3); }
.steps .past b { font-weight: 400; }
.steps.hold .now .mk { border-color: #8f5400; border-color: var(--amber); }
.steps .next b { font-weight: 400; color: var(--ink-2); }
.left { display: flex; align-items: center; justify-content: space-between; margin-top: 8px; padding: 10px 14px; border-radius: 6px; background: var(--green-tint); color: var(--green-ink); font-size: 14px; }
.left b { display: block; }
.left time { font-size: 28px; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }

/* ---- What the phone says ---- */
.says { padding: 12px 14px; border: 1px dashed #cbc5b6; border-color: var(--line-strong); border-radius: 10px; }
.says p { font-size: 14px; color: var(--ink-2); }
.says dl { margin-top: 6px; }
.says dl > div { display: flex; }
.says dt { width: 76px; color: var(--ink-2); }
.says dd { font-weight: 600; }

/* ---- Help ---- */
.help { border-top: 1px solid var(--line); }
.help details { border-bottom: 1px solid var(--line); }
.help summary { display: flex; align-items: center; justify-content: space-between; min-height: 48px; font-weight: 600; cursor: pointer; list-style: none; }
.help summary::-webkit-details-marker { display: none; }
.help summary::after { content: ""; flex: none; width: 8px; height: 8px; margin: -4px 6px 0 12px; border: solid var(--ink-3); border-width: 0 2px 2px 0; transform: rotate(45deg); }
.help details[open] summary::after { margin-top: 4px; transform: rotate(225deg); }
.help details > div { padding: 0 0 16px; }
.help ol { counter-reset: n; }
.help ol li { position: relative; padding: 3px 0 3px 26px; }
.help ol li::before { counter-increment: n; content: counter(n) "."; position: absolute; left: 0; width: 18px; color: var(--ink-3); font-variant-numeric: tabular-nums; text-align: right; }
.help p + form, .help ol + p { margin-top: 12px; }

.safe { display: flex; align-items: center; font-size: 14px; line-height: 1.4; color: #4a4d46; color: var(--ink-2); }
.safe .ico { margin-right: 10px; color: var(--green); }

/* ---- What happened to the money, first ---- */
.kept { display: flex; align-items: center; margin-top: 16px; font-weight: 600; }
.kept .ico { margin-right: 8px; color: #0b5c43; color: var(--green); stroke-width: 2.5; }
.why { margin-top: 4px; padding-left: 28px; }

/* ---- Plain list of what to do ---- */
.todo { margin-top: 16px; }
.todo li { position: relative; padding: 4px 0 4px 28px; }
.todo li::before { content: ""; position: absolute; left: 7px; top: 14px; width: 6px; height: 6px; border-radius: 50%; background: var(--ink-3); }

/* ---- Receipt ---- */
.slip { margin-top: 16px; padding: 8px 16px 14px; background: #fff; background: var(--surface); border: 1px solid #cbc5b6; border-color: var(--line-strong); border-radius: 10px; }
.slip .in dd { color: #0b5c43; color: var(--green); font-weight: 600; }
.slip .after { padding-top: 12px; }
.slip .after dt, .slip .after dd { font-weight: 600; color: inherit; }
.facts { margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--line); font-size: 14px; }
.facts > div { display: flex; justify-content: space-between; padding: 3px 0; }
.facts dt { color: #4a4d46; color: var(--ink-2); }
.facts dd { padding-left: 16px; text-align: right; font-variant-numeric: tabular-nums; }
.big { font-size: 20px; font-weight: 600; letter-spacing: .04em; white-space: nowrap; }

.foot { margin-top: 28px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 14px; color: #4a4d46; color: var(--ink-2); }
.foot a { color: inherit; }
.foot p + p { margin-top: 4px; }

/* ---- After the start, a phone needs the total alone ---- */
.bill.brief { padding-bottom: 20px; }
@media (max-width: 899px) {
  .bill.brief .sum > div:not(.total) { display: none; }
  .bill.brief .total { margin-top: 4px; padding: 7px 0 6px; border-top: 0; }
  .bill.brief .total dd { font-size: 20px; }
}
.alone .bill { display: none; }
.page.alone .s { padding-top: 16px; }

/* ---- The smallest phones (240 px) ---- */
@media (max-width: 300px) { .page { padding: 0 10px 20px; } .net label em { display: none; } .panel, .way > label { padding-left: 10px; padding-right: 10px; } }

/* ---- Desktop: the bill on the left, the act on the right ---- */
@media (min-width: 900px) {
  .page { display: grid; grid-template-columns: minmax(400px, 5fr) 7fr; grid-template-rows: 1fr auto; max-width: none; min-height: 100vh; padding: 0; }
  .side, .foot { background: var(--sunken); border-right: 1px solid var(--line); padding: 0 64px; }
  .side > *, .foot > * { max-width: 344px; margin-left: auto; }
  .side { padding-top: 56px; }
  .top { margin-bottom: 28px; }
  .foot { grid-column: 1; margin: 0; padding-top: 0; padding-bottom: 40px; border-top: 0; }
  main { grid-column: 2; grid-row: 1 / 3; padding: 64px 64px 40px; }
  main > * { max-width: 448px; }
  .is-test .page { min-height: calc(100vh - 33px); }
  .bill.brief .total { margin-top: 6px; }
  .page.alone { display: block; max-width: 480px; padding: 40px 16px; }
  .page.alone .side, .page.alone main, .page.alone .foot { padding: 0; border: 0; background: none; }
  .page.alone .side > *, .page.alone .foot > * { max-width: none; margin: 0; }
  .page.alone .foot { margin-top: 28px; padding-top: 14px; border-top: 1px solid var(--line); }
}

@media (prefers-reduced-motion: no-preference) { .btn { transition: background-color 120ms; } }
@media print {
  .actions, .foot, .help, .top .by { display: none; }
  body { background: #fff; color: #000; }
}

/* ---- What the sketch had as inline styles, and what it had not ---- */
[hidden] { display: none !important; }
h1:focus { outline: none; }
.gap { margin-top: 16px; }
.gap-s { margin-top: 6px; }
.gap-m { margin-top: 12px; }
.panel > .field:first-child, .panel > input[type=hidden]:first-child + .field { margin-top: 0; }
.sum .total:last-child { margin-bottom: 14px; }
.bill .sum .total:last-child { margin-bottom: 0; }
.slip dl > .given { padding: 6px 0; }
.all { user-select: all; }
.out { width: 100%; border: 0; background: none; font: inherit; font-size: 14px; line-height: 1.5; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
.help .todo { margin-top: 0; }
.todo.plain { margin-top: 4px; }
.page > .trouble { padding-top: 40px; }
.way > input:disabled + label { cursor: default; color: var(--ink-3); background: var(--sunken); }
.way > input:disabled + label small { color: var(--amber); }
.way > input:disabled + label::before { border-style: dashed; background: none; }
.way:first-child > input:disabled + label { border-radius: 9px 9px 0 0; }
.way:last-child > input:disabled + label { border-radius: 0 0 9px 9px; }
`;

/** As it is sent: without comments and the room between rules. */
export const STYLES = SHEET.replace(/\/\*[\s\S]*?\*\//g, '')
  .replace(/\s*\n\s*/g, '\n')
  .replace(/\n+/g, '\n')
  .replace(/ ?([{};,]) ?/g, '$1')
  .trim();
