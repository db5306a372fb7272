import { raw } from "hono/html";

/** The dashboard's look in both its themes, without its fonts: the page loads nothing. */
export const DOCS_STYLE = raw(`
  :root {
    color-scheme: light dark;
    --canvas: light-dark(oklch(0.977 0.003 265), oklch(0.165 0.006 270));
    --surface: light-dark(oklch(1 0 0), oklch(0.196 0.007 270));
    --line: light-dark(oklch(0.915 0.005 265), oklch(0.275 0.009 270));
    --text: light-dark(oklch(0.225 0.012 265), oklch(0.945 0.004 265));
    --muted: light-dark(oklch(0.455 0.014 265), oklch(0.735 0.011 265));
    --accent: light-dark(oklch(0.46 0.2 277), oklch(0.785 0.115 280));
    --change: light-dark(oklch(0.475 0.115 155), oklch(0.77 0.14 158));
    font: 14px/1.55 system-ui, sans-serif;
  }
  [data-theme="light"] { color-scheme: light; }
  [data-theme="dark"] { color-scheme: dark; }
  body { margin: 0; background: var(--canvas); color: var(--text); }
  main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1rem 4rem; }
  h1 { font-size: 20px; margin: 0 0 .5rem; } h2 { font-size: 16px; margin: 0; }
  nav h2 { font-size: 14px; text-transform: capitalize; margin: 1rem 0 .25rem; }
  nav h2 .muted { font-size: 12px; font-weight: 400; text-transform: none; margin-left: .4rem; }
  h3 { font-size: 12px; font-weight: 500; color: var(--muted); margin: 1rem 0 .35rem; }
  p { margin: .35rem 0; } a { color: var(--accent); text-underline-offset: 2px; }
  code, pre { font: 12.5px/1.55 ui-monospace, monospace; }
  nav ul { list-style: none; padding: 0; margin: .25rem 0 .75rem; } nav li { margin: .2rem 0; }
  nav code { color: var(--muted); margin-left: .4rem; overflow-wrap: anywhere; }
  section { background: var(--surface); border: 1px solid var(--line); border-radius: 8px;
    padding: 1rem 1.15rem 1.15rem; margin: 1rem 0; scroll-margin-top: 1rem; }
  .verb { font-weight: 600; color: var(--accent); } .verb.post { color: var(--change); }
  .muted { color: var(--muted); } .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  th { text-align: left; font-size: 12px; font-weight: 500; color: var(--muted); }
  th, td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
  thead th { border-top: 0; }
  pre { overflow-x: auto; margin: 0; padding: .75rem; border-radius: 6px; border: 1px solid var(--line);
    background: var(--canvas); }
  details { margin-top: .6rem; } summary { cursor: pointer; color: var(--muted); }
  details pre { margin-top: .4rem; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`);
