import { html, raw } from "hono/html";
import type { createV3Document } from "./v3-document.ts";

type Document = ReturnType<typeof createV3Document>;

interface Operation {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean }[];
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
  section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 1rem 0; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
  code, pre { font: .875rem ui-monospace, monospace; }
  pre { overflow-x: auto; padding: .75rem; border-radius: .5rem; background: color-mix(in srgb, currentColor 8%, transparent); }
  p { margin: .25rem 0; } .verb { text-transform: uppercase; font-weight: 600; }`;

const EXAMPLE = `curl -X POST "$API/api/v3/batch_page_scraper/batch" \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"domains": ["example.com"], "max_pages": 5}'`;

/** The document for people: plain HTML, so that nothing is loaded from anywhere. */
export function renderDocsPage(document: Document) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([verb, operation]) => ({
      path,
      verb,
      operation,
    })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${document.info.title}</h1>
          <p>${document.info.description}</p>
          <p>Machines read <a href="/api/openapi.json">openapi.json</a>.</p>
          <pre tabindex="0">${EXAMPLE}</pre>
          ${operations.map(
            ({ path, verb, operation }) =>
              html`<section>
                <h2>
                  <code><span class="verb">${verb}</span> ${path}</code>
                </h2>
                <p>${operation.summary}. ${operation.description}</p>
                ${namesOf(operation)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
}

function namesOf({ parameters = [] }: Operation) {
  if (parameters.length === 0) return "";
  const names = parameters.map(({ name, in: place }) => `${name} (${place})`).join(", ");
  return html`<p>Takes <code>${names}</code></p>`;
}
