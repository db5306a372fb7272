import { html } from "hono/html";
import {
  HEADERS,
  REFERENCE_ORIGIN,
  type ReferenceCall,
  type ReferenceField,
  type ReferencePart,
} from "@scrapersky/api/contract";
import { DOCS_STYLE } from "./docs-style.ts";

interface Told {
  title: string;
  description?: string | undefined;
  theme: string;
}

/** The reference of REST for people: plain HTML, so that nothing is loaded from anywhere. */
export function renderDocsPage(parts: ReferencePart[], { title, description, theme }: Told) {
  return html`<!doctype html>
    <html lang="en" data-theme="${theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${DOCS_STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${description}</p>
          <p>
            Each call sends an API key as <code>Authorization: Bearer KEY</code>. Each answer names
            its request in <code>${HEADERS.requestId}</code>. Machines read
            <a href="/api/openapi.json">openapi.json</a>. In samples
            <code>${REFERENCE_ORIGIN}</code>
            is the address of this service.
          </p>
          <nav aria-label="Endpoints">
            ${parts.map(
              ({ name, text, calls }) =>
                html`<h2>${name} <span class="muted">${text}</span></h2>
                  <ul>
                    ${calls.map(
                      (call) =>
                        html`<li><a href="#${call.id}">${call.title}</a> ${renderCall(call)}</li>`,
                    )}
                  </ul>`,
            )}
          </nav>
          ${parts.flatMap(({ calls }) =>
            calls.map(
              (call) =>
                html`<section id="${call.id}">
                  <h2>${call.title}</h2>
                  <p>${renderCall(call)}</p>
                  <p>${call.text}</p>
                  ${renderFields(call.fields)}
                  <h3>Request</h3>
                  ${renderCode(call.samples.curl)}
                  <h3>Answer</h3>
                  ${renderCode(call.answer)} ${renderHeaders(call)} ${renderOthers(call)}
                </section>`,
            ),
          )}
        </main>
      </body>
    </html>`;
}

const renderCall = ({ verb, path }: ReferenceCall) =>
  html`<code><span class="verb ${verb.toLowerCase()}">${verb}</span> ${path}</code>`;

const renderCode = (text: string | null) => html`<pre tabindex="0">${text}</pre>`;

function renderFields(fields: ReferenceField[]) {
  if (fields.length === 0) return "";
  return html`<h3>Takes</h3>
    <div class="wide" tabindex="0">
      <table>
        <thead>
          <tr>
            <th>Field</th>
            <th>Is</th>
            <th>When absent</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            ({ name, place, is, note, byDefault, isRequired }) =>
              html`<tr>
                <td><code>${name}</code><br /><span class="muted">${place}</span></td>
                <td>${is}${note === null ? "" : html`<br /><span class="muted">${note}</span>`}</td>
                <td>
                  ${
                    byDefault === null
                      ? isRequired
                        ? "refused"
                        : "left out"
                      : html`<code>${byDefault}</code>`
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function renderHeaders({ headers }: ReferenceCall) {
  if (headers.length === 0) return "";
  return html`<h3>In its headers</h3>
    ${renderRows(headers.map(({ name, note }) => [name, note]))}`;
}

function renderOthers({ refusals, forms }: ReferenceCall) {
  if (refusals.length === 0) return "";
  return html`<h3>Other answers</h3>
    ${renderRows(
      refusals.map(({ status, note, message, code }) => [
        status,
        html`${note}${
          message === null
            ? ""
            : html`<br /><span class="muted"
                  >${message}${code === null ? "" : html` <code>${code}</code>`}</span
                >`
        }`,
      ]),
    )}
    ${forms.map(
      ({ statuses, example }) =>
        html`<details>
          <summary>Form of ${statuses.join(", ")}</summary>
          ${renderCode(example)}
        </details>`,
    )}`;
}

const renderRows = (rows: readonly (readonly [name: string, what: unknown])[]) =>
  html`<div class="wide" tabindex="0">
    <table>
      <tbody>
        ${rows.map(
          ([name, what]) =>
            html`<tr>
              <td><code>${name}</code></td>
              <td>${what}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
