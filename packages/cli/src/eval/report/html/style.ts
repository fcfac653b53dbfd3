/** The page's style; follows the reader's choice of light or dark. */
export const style = `
:root { color-scheme: light dark; --text: #1b1d22; --page: #ffffff; --soft: #f2f3f6; --line: #ccd0d8; --accent: #0b57d0; --muted: #565c68; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6eb; --page: #15171b; --soft: #20242b; --line: #3c424d; --accent: #8ab4f8; --muted: #a3aab6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1rem 1.5rem 4rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.note { color: var(--muted); max-width: 60rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { background: var(--soft); font-weight: 600; }
th:first-child, td:first-child, .facts th, .facts td { text-align: left; white-space: normal; }
td.best { font-weight: 700; }
td small { color: var(--muted); }
.strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .75rem; border-radius: .5rem; }
.strip:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
figure { margin: 0; min-width: 0; }
.view { overflow: hidden; background: var(--soft); border: 1px solid var(--line); cursor: grab; touch-action: pan-y pinch-zoom; }
.strip.zoomed .view { touch-action: none; }
.view img { display: block; width: 100%; height: auto; transform-origin: 0 0; }
.strip.pixels .view img { image-rendering: pixelated; }
figcaption { font-size: .875rem; } figcaption b { display: block; overflow-wrap: anywhere; }
.tools { display: flex; gap: .5rem; align-items: center; margin: .25rem 0 .5rem; }
button { font: inherit; min-width: 2.25rem; min-height: 2.25rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--soft); color: inherit; cursor: pointer; }
`;
