/**
 * The sign-in pages' sheet: the tokens of `app/globals.css` (a test holds the two together) and the sketch. Fonts are our
 * own; where one is not there in time the page stays with the system's, so that nothing moves.
 */
export const LIGHT = {
  paper: '#fbfaf7',
  surface: '#ffffff',
  sunken: '#f4f2ec',
  line: '#e4e0d6',
  'line-strong': '#cbc5b6',
  ink: '#1b1d1a',
  'ink-2': '#4a4d46',
  'ink-3': '#63665d',
  green: '#0b5c43',
  'green-ink': '#084a36',
  'green-tint': '#e3f1ea',
  'on-green': '#ffffff',
  gold: '#8a6100',
  red: '#b3261e',
  'red-tint': '#fbe7e5',
  amber: '#8f5400',
  'amber-tint': '#fdeed8',
  focus: '#1d5fa8',
} as const;

export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  paper: '#121412',
  surface: '#1a1d1a',
  sunken: '#0d0f0d',
  line: '#2c302b',
  'line-strong': '#434840',
  ink: '#eceee9',
  'ink-2': '#b9bdb3',
  'ink-3': '#8f948a',
  green: '#4cc495',
  'green-ink': '#7bd8b2',
  'green-tint': '#12312a',
  'on-green': '#06231a',
  gold: '#e5b94e',
  red: '#ff8a80',
  'red-tint': '#3a1816',
  amber: '#f2b266',
  'amber-tint': '#38270f',
  focus: '#84b8f0',
};

const tokens = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const FONT_PATH = '/signin/fonts/';

export const STYLES = `
@font-face{font-family:Geist;src:url(${FONT_PATH}geist-sans-latin.woff2) format("woff2");font-weight:400 600;font-display:optional}
@font-face{font-family:"Geist Mono";src:url(${FONT_PATH}geist-mono-latin.woff2) format("woff2");font-weight:400 600;font-display:optional}
:root{color-scheme:light;${tokens(LIGHT)}}
:root[data-theme="dark"]{color-scheme:dark;${tokens(DARK)}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){color-scheme:dark;${tokens(DARK)}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;grid-template-columns:minmax(0,1fr);grid-template-rows:auto 1fr auto;background:var(--paper);color:var(--ink);font:14px/20px Geist,ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-font-smoothing:antialiased}
h1,h2,p,ul,ol,dl,dd,form,fieldset,legend{margin:0;padding:0;border:0}
h1{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.012em;text-wrap:balance}
button,input{font:inherit;color:inherit}
button,label{cursor:pointer}
a{color:var(--green-ink);text-decoration:underline;text-decoration-color:var(--line-strong);text-underline-offset:3px;text-decoration-thickness:1px}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
code,.mono{font-family:"Geist Mono",ui-monospace,"SF Mono",Menlo,monospace;font-variant-ligatures:none}
header{display:flex;align-items:center;justify-content:space-between;gap:16px;height:64px;padding:0 32px}
.brand{display:flex;align-items:center;gap:10px;font-size:16px;font-weight:600;letter-spacing:-.015em;color:inherit;text-decoration:none}
.brand svg{width:20px;height:20px;color:var(--gold);fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round}
.host{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:13px;color:var(--ink-2)}
main{display:grid;grid-template-columns:minmax(0,1fr);justify-items:center;align-content:start;padding:min(14vh,128px) 16px 48px}
.card{width:100%;max-width:376px;padding:28px 28px 24px;border:1px solid var(--line-strong);border-radius:10px;background:var(--surface)}
.wide{max-width:520px}
.sub{margin-top:2px;color:var(--ink-2)}
.text{margin-top:12px;color:var(--ink-2);text-wrap:pretty}
.text b{color:var(--ink);font-weight:600}
.who{display:flex;align-items:center;gap:10px;margin-top:16px;padding:8px 12px;border-radius:6px;background:var(--sunken);font-size:13px}
.who a{margin-left:auto;white-space:nowrap}
.who span{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.f{margin-top:18px}
.f label{display:block;font-size:13px;font-weight:500}
.row{display:flex;justify-content:space-between;align-items:baseline;font-size:13px}
.f small{display:block;font-size:13px;line-height:18px;color:var(--ink-2)}
.f input{display:block;width:100%;height:40px;margin-top:6px;padding:0 12px;border:1px solid var(--ink-3);border-radius:6px;background:var(--surface)}
.f input:focus{outline:2px solid var(--focus);outline-offset:0;border-color:var(--focus)}
.f .code{height:52px;font:500 28px/1 "Geist Mono",ui-monospace,Menlo,monospace;letter-spacing:.22em;padding-left:16px}
.f .words{font-family:"Geist Mono",ui-monospace,Menlo,monospace}
.bad input{border-color:var(--red);box-shadow:0 0 0 1px var(--red)}
.err{display:flex;gap:6px;margin-top:8px;font-size:13px;line-height:18px;color:var(--red)}
.err svg,.alert svg{flex:none;width:16px;height:16px;margin-top:1px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.alert{display:flex;gap:10px;margin-top:16px;padding:10px 12px;border:1px solid;border-radius:6px;font-size:13px;line-height:18px}
.alert span{color:var(--ink)}
.a-red{color:var(--red);background:var(--red-tint)}
.a-amber{color:var(--amber);background:var(--amber-tint)}
.btn{display:flex;align-items:center;justify-content:center;width:100%;height:40px;margin-top:20px;border:1px solid var(--green);border-radius:6px;background:var(--green);color:var(--on-green);font-weight:600;text-decoration:none;cursor:pointer}
.btn:hover{background:var(--green-ink);border-color:var(--green-ink)}
.btn:disabled{background:var(--sunken);border-color:var(--line-strong);color:var(--ink-2);cursor:default;font-variant-numeric:tabular-nums}
.plain{background:transparent;border-color:var(--ink-3);color:var(--ink)}
.plain:hover{background:var(--sunken);border-color:var(--ink-3)}
.alt{margin-top:16px;font-size:13px;text-align:center}
.alt a{display:inline-block;padding:4px 0}
.under{max-width:376px;margin-top:16px;font-size:13px;line-height:18px;color:var(--ink-2);text-align:center;text-wrap:balance}
.demo{width:100%;max-width:376px;margin-top:24px;padding:14px 16px 16px;border:1px dashed var(--line-strong);border-radius:10px;font-size:13px}
.demo h2{font-size:13px;line-height:20px;font-weight:600}
.demo dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 12px;margin-top:6px}
.demo dt{color:var(--ink-2)}
.demo dd{overflow-wrap:anywhere;font-family:"Geist Mono",ui-monospace,Menlo,monospace}
.demo .btn{margin-top:12px}
.qr{display:block;width:196px;margin:16px auto 0;padding:8px;border-radius:6px;background:#fff;line-height:0}
.qr svg{width:180px;height:180px}
.secret{margin-top:6px;padding:8px 12px;border-radius:6px;background:var(--sunken);overflow-wrap:anywhere;letter-spacing:.04em}
.steps{margin-top:16px;padding-left:20px}
.steps li{padding-left:4px}
.steps li+li{margin-top:16px}
.codes{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:4px 24px;margin-top:16px;padding:12px 16px;border-radius:6px;background:var(--sunken);list-style:none;font:400 14px/24px "Geist Mono",ui-monospace,Menlo,monospace}
footer{display:flex;justify-content:center;gap:20px;padding:0 16px 24px;font-size:13px}
footer a{color:var(--ink-2);text-decoration:none;padding:4px 0}
footer a:hover{color:var(--ink)}
@media (max-width:480px){
header{padding:0 16px;height:56px}
main{padding-top:16px}
.card{padding:20px 16px 16px}
.f input,.btn{height:48px;font-size:16px}
.f .code{height:56px;font-size:28px}
.alt a,.row a{padding:12px 0}
.row{align-items:center}
.row a{margin:-12px 0}
.who{min-height:44px;padding:0 12px}
.who a,.brand{padding:12px 0}
.codes{grid-template-columns:minmax(0,1fr)}
footer a{padding:12px 0}
}
@media print{header,footer,.btn,.alt,.under{display:none}main{padding:0}.card{border:0}}
`.replace(/\n/g, '');

/** Counts the wait down on the button. Without it the button can be pressed, and the answer says how long. */
export const SCRIPT = `(function(){var b=document.querySelector('[data-wait]');if(!b)return;var w=b.textContent,s=+b.getAttribute('data-wait'),end=Date.now()+s*1000;b.disabled=true;function t(){var l=Math.ceil((end-Date.now())/1000);if(l<=0){b.disabled=false;b.textContent=w;return}b.textContent='Try again in '+Math.floor(l/60)+':'+('0'+l%60).slice(-2);setTimeout(t,250)}t()})()`;
