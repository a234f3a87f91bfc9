/** The design's tokens and the sketch of the handset page (shared/design/mock), with what the live page needs besides. */
export const STYLE = `/* Pesewa design tokens. Light is paper, dark is slate ink. All text pairs meet WCAG AA. */
:root {
  color-scheme: light;
  --paper: #fbfaf7; --surface: #ffffff; --sunken: #f4f2ec; --line: #e4e0d6; --line-strong: #cbc5b6; --line-input: #8f8a7c;
  --ink: #1b1d1a; --ink-2: #4a4d46; --ink-3: #63665d;
  --green: #0b5c43; --green-ink: #084a36; --green-tint: #e3f1ea; --on-green: #ffffff;
  --gold: #8a6100; --gold-tint: #fbf0d3; --gold-line: #e2b94a;
  --red: #b3261e; --red-tint: #fbe7e5; --amber: #8f5400; --amber-tint: #fdeed8; --blue: #1d5fa8; --blue-tint: #e5effa;
  --focus: #1d5fa8;
  --chart-1: #0b5c43; --chart-2: #b97e00; --chart-3: #1d5fa8; --chart-4: #9b4f96; --chart-5: #5f6b73;
  --radius-control: 6px; --radius-card: 10px; --row: 36px;
  --font-sans: "Geist", ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif;
  --font-mono: "Geist Mono", ui-monospace, "SF Mono", Menlo, monospace;
}
/* Dark without a script. */
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #121412; --surface: #1a1d1a; --sunken: #0d0f0d; --line: #2c302b; --line-strong: #434840; --line-input: #737a70;
    --ink: #eceee9; --ink-2: #b9bdb3; --ink-3: #8f948a;
    --green: #4cc495; --green-ink: #7bd8b2; --green-tint: #12312a; --on-green: #06231a;
    --gold: #e5b94e; --gold-tint: #33290f; --gold-line: #7a5f1d;
    --red: #ff8a80; --red-tint: #3a1816; --amber: #f2b266; --amber-tint: #38270f; --blue: #84b8f0; --blue-tint: #14273d;
    --focus: #84b8f0;
    --chart-1: #4cc495; --chart-2: #e5b94e; --chart-3: #84b8f0; --chart-4: #d59bd0; --chart-5: #a3adb4;
  }
}

*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/20px var(--font-sans); font-variant-numeric: tabular-nums; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; } ul, ol { list-style: none; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.012em; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; }
button, input, select { font: inherit; color: inherit; }
a { color: inherit; }
code, .mono { font: 12px/16px var(--font-mono); font-variant-ligatures: none; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--ink-2); } .small { font-size: 12px; line-height: 16px; } .dim { color: var(--ink-3); }

/* Never to be taken for a real phone */
.sim { display: flex; justify-content: center; gap: 8px; padding: 5px 16px; font-size: 13px; line-height: 18px; font-weight: 600; color: var(--amber);
  background: repeating-linear-gradient(135deg, var(--amber-tint) 0 10px, color-mix(in srgb, var(--amber) 14%, var(--amber-tint)) 10px 20px); border-bottom: 1px solid color-mix(in srgb, var(--amber) 40%, var(--amber-tint)); }
.sim span { padding: 0 8px; background: var(--amber-tint); border-radius: 4px; }
.top { display: flex; align-items: center; gap: 24px; min-height: 52px; padding: 0 32px; border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 600; font-size: 16px; letter-spacing: -.015em; text-decoration: none; }
.brand svg { width: 20px; height: 20px; color: var(--gold); fill: none; stroke: currentColor; stroke-width: 2.4; stroke-linecap: round; }
.brand small { font-size: 13px; font-weight: 500; color: var(--ink-2); letter-spacing: 0; padding-left: 10px; border-left: 1px solid var(--line-strong); }
.top nav { display: flex; gap: 4px; margin-left: auto; font-size: 13px; font-weight: 500; }
.top nav a { padding: 6px 10px; border-radius: var(--radius-control); text-decoration: none; color: var(--ink-2); }
.top nav a:hover { background: var(--sunken); color: var(--ink); }
.top nav a[aria-current] { color: var(--ink); background: var(--sunken); }

main { max-width: 1360px; margin: 0 auto; padding: 24px 32px 64px; }
.head { display: flex; align-items: end; justify-content: space-between; gap: 24px; margin-bottom: 20px; }
.head p { color: var(--ink-2); }
.live { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--ink-2); white-space: nowrap; }
.live::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--green); }
.bench { display: grid; grid-template-columns: 220px 300px minmax(0, 1fr); gap: 28px; align-items: start; }

.btn { display: inline-flex; align-items: center; justify-content: center; min-height: 32px; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: var(--radius-control); background: var(--surface); font-size: 13px; font-weight: 500; cursor: pointer; white-space: nowrap; }
.btn:hover { border-color: var(--ink-3); }
.btn.primary { background: var(--green); border-color: var(--green); color: var(--on-green); }
.btn.quiet { border-color: transparent; background: none; color: var(--ink-2); } .btn.quiet:hover { background: var(--sunken); }
.field { height: 32px; padding: 0 10px; border: 1px solid var(--ink-3); border-radius: var(--radius-control); background: var(--surface); }

/* Phones */
.col h2 { margin-bottom: 8px; }
.phones { border: 1px solid var(--line-strong); border-radius: var(--radius-card); background: var(--surface); overflow: hidden; }
.phones li + li { border-top: 1px solid var(--line); }
.phones a { position: relative; display: grid; grid-template-columns: 1fr auto; gap: 0 8px; padding: 8px 12px; text-decoration: none; }
.phones a:hover { background: var(--sunken); }
.phones a[aria-current] { background: var(--green-tint); box-shadow: inset 3px 0 var(--green); }
.phones b { font-weight: 600; }
.phones span { font-size: 12px; line-height: 18px; color: var(--ink-2); }
.phones .ring { align-self: center; justify-self: end; padding: 0 7px; border-radius: 999px; background: var(--green); color: var(--on-green); font-weight: 600; }
.phones .num { text-align: right; }
.col + .col { margin-top: 0; }
.add { display: flex; gap: 8px; margin-top: 10px; } .add .field { flex: 1; min-width: 0; }
.magic { margin-top: 24px; }
.magic dl > div { display: flex; justify-content: space-between; gap: 12px; padding: 5px 0; border-bottom: 1px solid var(--line); font-size: 13px; }
.magic dt { font: 12px/20px var(--font-mono); } .magic dd { color: var(--ink-2); }

/* The device. Its colours are a phone's, in both themes. */
.tabs { display: flex; padding: 2px; margin-bottom: 16px; border: 1px solid var(--line); border-radius: var(--radius-control); background: var(--sunken); }
.tabs label { flex: 1; padding: 5px 0; border-radius: 4px; text-align: center; font-size: 13px; font-weight: 500; color: var(--ink-2); cursor: pointer; }
.dev-in { position: absolute; opacity: 0; }
#dev-feat:checked ~ .tabs [for="dev-feat"], #dev-smart:checked ~ .tabs [for="dev-smart"] { background: var(--surface); color: var(--ink); box-shadow: 0 0 0 1px var(--line-strong); }
#dev-feat:focus-visible ~ .tabs [for="dev-feat"], #dev-smart:focus-visible ~ .tabs [for="dev-smart"] { outline: 2px solid var(--focus); outline-offset: 1px; }
.phone { display: none; margin: 0 auto; color: #eef0ec; background: #24272a; border: 1px solid #111314; }
#dev-feat:checked ~ .feat, #dev-smart:checked ~ .smart { display: block; }
.glass { color: #16191b; background: #f4f6f2; font: 14px/19px "Roboto", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
.status { display: flex; align-items: center; justify-content: space-between; padding: 3px 8px; font-size: 12px; line-height: 16px; font-weight: 600; }
.status svg { width: 28px; height: 12px; fill: currentColor; }
.pin { width: 100%; height: 30px; padding: 0 8px; border: 1px solid #5b625b; border-radius: 2px; background: #fff; color: #16191b; font-size: 18px; letter-spacing: .3em; }

.feat { width: 264px; padding: 22px 20px 24px; border-radius: 34px 34px 44px 44px; }
.feat .ear { width: 52px; height: 5px; margin: 0 auto 12px; border-radius: 3px; background: #0d0f10; }
.feat .maker { margin: 8px 0 10px; text-align: center; font: 500 12px/16px var(--font-sans); letter-spacing: .12em; color: #aeb4ae; }
.feat .glass { height: 216px; display: flex; flex-direction: column; border: 6px solid #0d0f10; border-radius: 8px; }
.feat .status { background: #dfe4da; }
.feat .scr { flex: 1; min-height: 0; }
.feat .msg { flex: 1; padding: 7px 8px 4px; }
.feat .in { padding: 0 8px 6px; }
.feat .softs { display: flex; justify-content: space-between; background: #dfe4da; }
.feat .softs button { min-height: 26px; padding: 0 10px; border: 0; background: none; color: #16191b; font-weight: 700; font-size: 13px; cursor: pointer; }
.feat .hello { flex: 1; display: grid; place-content: center; text-align: center; }
.feat .hello b { display: block; font-size: 28px; line-height: 34px; font-weight: 400; }
.nav-keys { display: grid; grid-template-columns: 1fr 78px 1fr; gap: 10px; align-items: center; margin-bottom: 10px; }
.nav-keys button, .keys button { height: 34px; padding: 0; border: 1px solid #4a4f54; border-radius: 9px; background: #34393d; color: #f3f5f1; cursor: pointer; }
.nav-keys .mid { height: 44px; border-radius: 14px; background: #2b2f33; }
.nav-keys .call { color: #7fdcae; } .nav-keys .end { color: #ff9d94; }
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 7px; }
.keys button { display: flex; align-items: baseline; justify-content: center; gap: 6px; height: 36px; font: 600 16px/34px var(--font-sans); }
.keys small { font-size: 12px; font-weight: 400; color: #c0c6bf; }
.keys button:active { background: #4a4f54; }

.smart { width: 264px; padding: 10px; border-radius: 30px; }
.smart .glass { position: relative; height: 520px; overflow: hidden; border-radius: 22px; background: linear-gradient(#3c4a45, #22302b); color: #f4f6f2; }
.smart .status { padding: 8px 16px; }
.smart .scr { position: absolute; inset: 0; top: 34px; justify-content: center; padding: 0 14px; }
.smart .clock { position: absolute; top: 40px; left: 0; right: 0; text-align: center; }
.smart .clock b { display: block; font-size: 48px; line-height: 56px; font-weight: 300; }
.dialog { padding: 18px 18px 8px; border-radius: 18px; background: #fbfcfa; color: #16191b; }
.dialog .pin { margin: 12px 0 4px; height: 38px; border: 0; border-bottom: 2px solid #0b5c43; border-radius: 0; background: #eef1ec; }
/* Send is first, for who presses Enter, and on the right. */
.dialog .softs { display: flex; flex-direction: row-reverse; justify-content: flex-start; gap: 4px; }
.dialog .softs button { min-height: 44px; padding: 0 14px; border: 0; background: none; color: #0b5c43; font-weight: 700; cursor: pointer; }
.toast { padding: 14px 16px; border-radius: 14px; background: #fbfcfa; color: #16191b; }

.answers { margin-top: 16px; }
.answers h3 { font-size: 13px; font-weight: 600; margin-bottom: 8px; }
.answers div { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.answers .btn.primary { grid-column: 1 / -1; }
.count { display: flex; justify-content: space-between; align-items: baseline; margin: 14px 0 0; padding: 8px 12px; border-radius: var(--radius-control); background: var(--green-tint); color: var(--green-ink); font-size: 13px; }
.count b { font-size: 16px; }
.quiet-now { margin-top: 14px; padding: 10px 12px; border: 1px dashed var(--line-strong); border-radius: var(--radius-control); font-size: 13px; color: var(--ink-2); text-align: center; }

/* Faults */
.panel { position: relative; border: 1px solid var(--line-strong); border-radius: var(--radius-card); background: var(--surface); overflow: hidden; }
.panel-h { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 10px 16px; border-bottom: 1px solid var(--line); }
.panel-h p { font-size: 13px; color: var(--ink-2); }
.seg { display: inline-flex; padding: 2px; border: 1px solid var(--line); border-radius: var(--radius-control); background: var(--sunken); font-size: 12px; font-weight: 500; }
.seg label { cursor: pointer; } .seg input { position: absolute; opacity: 0; }
.seg span { display: block; padding: 3px 10px; border-radius: 4px; line-height: 18px; color: var(--ink-2); white-space: nowrap; }
.seg input:checked + span { background: var(--surface); color: var(--ink); box-shadow: 0 0 0 1px var(--line-strong); }
.seg input:focus-visible + span { outline: 2px solid var(--focus); outline-offset: 1px; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 500; font-size: 12px; line-height: 16px; color: var(--ink-2); padding: 8px 16px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 9px 16px; border-bottom: 1px solid var(--line); vertical-align: top; font-size: 13px; line-height: 18px; }
tbody tr:last-child td { border-bottom: 0; }
.faults td:first-child { padding-left: 44px; position: relative; width: 44%; }
.faults td, .faults th { padding-right: 0; } .faults td:last-child { padding-right: 16px; }
.faults label b { display: block; font-weight: 600; font-size: 14px; line-height: 20px; }
.faults label { cursor: pointer; color: var(--ink-2); display: block; } .faults label b { color: var(--ink); }
.faults input[type="checkbox"] { position: absolute; left: 16px; top: 11px; width: 16px; height: 16px; margin: 0; accent-color: var(--green); }
.faults .set { white-space: nowrap; color: var(--ink-2); width: 1%; }
.faults .set input { width: 52px; height: 28px; padding: 0 6px; margin-right: 5px; border: 1px solid var(--ink-3); border-radius: var(--radius-control); background: var(--surface); text-align: right; color: var(--ink); }
.faults tr.on { background: var(--amber-tint); }
.faults tr.on label, .faults tr.on .set, .faults tr.on td { color: var(--ink); }
.panel-f { display: flex; align-items: center; gap: 8px; padding: 12px 16px; border-top: 1px solid var(--line); background: var(--paper); }
.panel-f details { margin-left: auto; font-size: 13px; }
summary { cursor: pointer; }
pre { margin: 0; padding: 12px 16px; overflow-x: auto; border-top: 1px solid var(--line); background: var(--sunken); font: 12px/18px var(--font-mono); }

/* Past requests */
.log { margin-top: 32px; }
.log-h { display: flex; align-items: baseline; justify-content: space-between; margin-bottom: 8px; }
.log .panel { overflow-x: auto; }
.log th, .log td { padding-left: 16px; padding-right: 0; } .log th:last-child, .log td:last-child { padding-right: 12px; }
.log td { height: 40px; padding-top: 0; padding-bottom: 0; vertical-align: middle; white-space: nowrap; }
.log .r { text-align: right; }
.log td .dim { color: var(--ink-3); }
.tag { display: inline-flex; align-items: center; gap: 6px; padding: 1px 8px 1px 7px; border-radius: 999px; font-size: 12px; line-height: 18px; font-weight: 500; white-space: nowrap; }
.tag::before { content: ""; width: 6px; height: 6px; border-radius: 50%; background: currentColor; }
.ok { color: var(--green-ink); background: var(--green-tint); } .no { color: var(--red); background: var(--red-tint); }
.wait { color: var(--blue); background: var(--blue-tint); } .odd { color: var(--amber); background: var(--amber-tint); } .off { color: var(--ink-2); background: var(--sunken); }
.acts { text-align: right; }
.acts button { padding: 4px 6px; border: 0; border-radius: 4px; background: none; color: var(--green-ink); font-size: 13px; font-weight: 500; cursor: pointer; }
.acts button:hover { background: var(--sunken); }


.scr { display: flex; flex-direction: column; }
.glass.off { background: #101213; color: #9aa09a; }
.smart .glass.off { background: #0b0c0c; }
.dark-text { text-align: center; }
.nav-keys span { display: grid; place-items: center; height: 34px; border: 1px solid #4a4f54; border-radius: 9px; background: #34393d; }
.softs span { padding: 3px 10px; font-weight: 700; font-size: 13px; }
.toast .softs { display: flex; justify-content: flex-end; }
.toast .softs button { min-height: 44px; padding: 0 14px; border: 0; background: none; color: #0b5c43; font-weight: 700; cursor: pointer; }
.wake { margin-top: 16px; } .wake .btn { width: 100%; } .wake p { margin-top: 8px; font-size: 13px; color: var(--ink-2); }
.live.lost::before { background: var(--red); }
.said { margin: -8px 0 16px; padding: 8px 12px; border-radius: var(--radius-control); background: var(--blue-tint); color: var(--ink); font-size: 13px; }
.magic details { margin-top: 12px; font-size: 13px; } .magic p { margin-top: 8px; }
.magic dd { text-align: right; } .magic dt { white-space: nowrap; }
.panel-h h2 { margin: 0; } .faults th.first { padding-left: 44px; } .panel-f .end { margin-left: auto; }
.faults tr:has(input:checked) { background: var(--amber-tint); }
.faults tr:has(input:checked) :is(label, .set, td) { color: var(--ink); }
.standing { padding: 10px 16px 10px 32px; border-top: 1px solid var(--line); background: var(--amber-tint); list-style: disc; font-size: 13px; }
.log .tag.gone { color: var(--ink-2); background: var(--sunken); }
.acts form { display: inline-flex; gap: 4px; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 28px; align-items: start; }
.two h2 { margin-bottom: 8px; } .below { margin-top: 8px; }
.plain td.mono { white-space: nowrap; }
.bank { display: grid; grid-template-columns: 1fr auto; gap: 10px 16px; padding: 14px 16px; }
.bank + .bank { margin-top: 12px; } .bank div > * { display: block; } .bank .mono { font: 600 16px/22px var(--font-mono); } .bank .r { text-align: right; } .bank .row { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 8px; } .bank .row .btn { display: inline-flex; }
.raw details + details { border-top: 1px solid var(--line); }
.raw summary { display: flex; align-items: center; gap: 12px; min-height: 40px; padding: 6px 16px; font-size: 13px; }
.raw summary:hover { background: var(--sunken); } .raw .path { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.raw pre { white-space: pre-wrap; overflow-wrap: anywhere; }

/* Paystack's page */
.top .payers { font-weight: 600; font-size: 15px; } .top .payers small { margin-left: 8px; font-size: 13px; font-weight: 400; color: var(--ink-2); }
.pay { max-width: 400px; margin: 16px auto; }
.pay .payee { color: var(--ink-2); font-weight: 500; } .pay .sum { font-size: 28px; line-height: 36px; }
.pay .wrong { margin-top: 16px; padding: 10px 12px; border-radius: var(--radius-control); background: var(--red-tint); color: var(--red); }
.card-form { display: grid; gap: 6px; margin-top: 20px; padding: 20px; border: 1px solid var(--line-strong); border-radius: var(--radius-card); background: var(--surface); }
.card-form label { font-size: 13px; font-weight: 500; } .card-form .field { width: 100%; height: 44px; font-size: 16px; margin-bottom: 8px; }
.card-form .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; } .card-form .pair > div { display: grid; gap: 6px; }
.card-form .btn.wide { min-height: 44px; font-size: 14px; } .account b { display: block; font-size: 20px; line-height: 28px; } .account { margin: 4px 0 12px; }
.test-cards { margin-top: 16px; font-size: 13px; } .test-cards table { margin: 8px 0; } .test-cards :is(th, td) { padding: 6px 12px 6px 0; } .test-cards td.mono { white-space: nowrap; }
.give-up { margin: 12px 0 4px; } .give-up .btn { width: 100%; min-height: 44px; }
@media (max-width: 1100px) { .bench { grid-template-columns: 232px minmax(0, 1fr); } .bench > .faults-col { grid-column: 1 / -1; } }
@media (max-width: 720px) {
  .top { padding: 0 16px; gap: 8px; } .top nav a:not([aria-current]) { display: none; } .brand small { display: none; }
  main { padding: 16px 16px 48px; } .head { display: block; } .live { margin-top: 8px; }
  .bench { display: flex; flex-direction: column; gap: 24px; align-items: stretch; }
  .magic { display: none; }
  .phones a { padding: 10px 12px; } .btn, .field { min-height: 44px; }
  .faults thead { display: none; } .faults tr { display: block; padding: 10px 16px 10px 0; border-bottom: 1px solid var(--line); position: relative; }
  .faults td { display: block; border: 0; padding: 2px 0 2px 44px; width: auto !important; } .faults td:first-child { position: static; }
  .faults .set:empty { display: none; } .faults .must::before { content: "Must: "; font-weight: 600; }
  .faults label { min-height: 44px; }
  .panel-h, .panel-f { flex-wrap: wrap; }
  .keys button, .nav-keys button { height: 44px; } .keys button { line-height: 42px; } .tabs label { padding: 12px 0; } .brand, .top nav a { min-height: 44px; display: flex; align-items: center; }
  .feat .glass { height: 250px; } .feat .softs button { min-height: 44px; } .pin { height: 44px; } .dialog .pin { height: 44px; } .seg span { padding: 12px 10px; } .faults .set input { height: 44px; }
  .log-h { display: block; } .log thead { display: none; }
  .log tr { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 10px 14px 4px; border-bottom: 1px solid var(--line); }
  .log td { display: block; height: auto; padding: 0 !important; border: 0; white-space: normal; }
  .log td:nth-child(2) { grid-row: 1; grid-column: 1; font-weight: 500; } .log td:nth-child(4) { grid-row: 1; grid-column: 2; font-weight: 500; }
  .log td:nth-child(1) { grid-row: 2; grid-column: 1; color: var(--ink-2); } .log td:nth-child(5) { grid-row: 2; grid-column: 2; text-align: right; }
  .log td:nth-child(7), .log td:nth-child(9) { grid-column: 1 / -1; text-align: left; }
  .log td:nth-child(3), .log td:nth-child(6), .log td:nth-child(8) { display: none; }
  .acts button { min-height: 44px; padding: 0 12px 0 0; }
}

@media (max-width: 720px) {
  .two { grid-template-columns: minmax(0, 1fr); }
  .top nav a:not([aria-current]) { display: flex; } .top nav a { padding: 6px 8px; } .top nav { margin-left: auto; font-size: 12px; gap: 0; } .top nav a { white-space: nowrap; padding: 6px; } .brand { font-size: 0; }
  .nav-keys span { height: 44px; } .raw summary { flex-wrap: wrap; } .raw .path { flex-basis: 100%; order: 9; }
  .panel-h .seg { display: flex; width: 100%; } .seg label { flex: 1; text-align: center; } .seg span { display: grid; place-content: center; height: 100%; padding: 6px; white-space: normal; min-height: 44px; box-sizing: border-box; } .toast .softs button { min-height: 44px; }
  .standing { padding-left: 28px; }
  .test-cards summary { padding: 12px 0; }
  .log td:nth-child(9) { grid-column: 1 / -1; }
}
`;
