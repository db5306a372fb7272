import { html } from "hono/html";
import { HEADERS } from "@scrapersky/api/contract";
import { DOCS_STYLE } from "./docs-style.ts";
import { describeType, type Schema } from "./describe-type.ts";
import type { createV3Document } from "./v3-document.ts";

type Document = ReturnType<typeof createV3Document>;

interface Content {
  "application/json"?: { schema?: Schema; example?: unknown };
}

interface Answer {
  description?: string;
  headers?: Record<string, { description?: string }>;
  content?: Content;
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Content };
  responses?: Record<string, Answer>;
}

interface Refusal {
  message?: unknown;
  code?: string;
}

interface Field {
  name: string;
  place: string;
  required: boolean;
  schema: Schema;
}

/** The document for people: plain HTML, so that nothing is loaded from anywhere. */
export function renderDocsPage(document: Document, theme: string) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([verb, operation]) => ({
      path,
      verb,
      operation,
      tag: operation.tags?.[0],
      id: `${verb}${path.replace(/\W+/g, "-")}`.replace(/-$/, ""),
    })),
  );
  return html`<!doctype html>
    <html lang="en" data-theme="${theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title}</title>
        <style>
          ${DOCS_STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${document.info.title}</h1>
          <p>${document.info.description}</p>
          <p>
            Each call sends an API key as <code>Authorization: Bearer KEY</code>. Each answer names
            its request in <code>${HEADERS.requestId}</code>. Machines read
            <a href="/api/openapi.json">openapi.json</a>.
          </p>
          <nav aria-label="Endpoints">
            ${document.tags?.map(
              ({ name, description }) =>
                html`<h2>${name} <span class="muted">${description}</span></h2>
                  <ul>
                    ${operations
                      .filter(({ tag }) => tag === name)
                      .map(
                        ({ path, verb, operation, id }) =>
                          html`<li>
                            <a href="#${id}">${operation.summary}</a> ${callOf(verb, path)}
                          </li>`,
                      )}
                  </ul>`,
            )}
          </nav>
          ${operations.map(
            ({ path, verb, operation, id }) =>
              html`<section id="${id}">
                <h2>${operation.summary}</h2>
                <p>${callOf(verb, path)}</p>
                <p>${operation.description}</p>
                ${renderFields(fieldsOf(operation))}
                <h3>Request</h3>
                ${renderCode(requestOf(verb, path, operation))}
                <h3>Answer</h3>
                ${renderCode(exampleOf(operation.responses?.["200"]?.content))}
                ${renderHeaders(operation.responses?.["200"]?.headers)} ${renderOthers(operation)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
}

const callOf = (verb: string, path: string) =>
  html`<code><span class="verb ${verb}">${verb.toUpperCase()}</span> ${path}</code>`;

const renderCode = (text: string) => html`<pre tabindex="0">${text}</pre>`;

function fieldsOf({ parameters = [], requestBody }: Operation): Field[] {
  const body = requestBody?.content?.["application/json"]?.schema;
  return [
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
      name,
      place: "body",
      required: body?.required?.includes(name) ?? false,
      schema,
    })),
    ...parameters.map(({ name, in: place, required = false, schema = {} }) => ({
      name,
      place,
      required,
      schema,
    })),
  ];
}

function renderFields(fields: Field[]) {
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
            ({ name, place, required, schema }) =>
              html`<tr>
                <td><code>${name}</code><br /><span class="muted">${place}</span></td>
                <td>
                  ${describeType(schema)}${
                    schema.description
                      ? html`<br /><span class="muted">${schema.description}</span>`
                      : ""
                  }
                </td>
                <td>${whenAbsent(required, schema)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function whenAbsent(required: boolean, schema: Schema) {
  if (schema.default !== undefined) return html`<code>${JSON.stringify(schema.default)}</code>`;
  return required ? "refused" : "left out";
}

function requestOf(verb: string, path: string, { requestBody, security }: Operation): string {
  const schema = requestBody?.content?.["application/json"]?.schema;
  const call = `curl ${verb === "get" ? "" : `-X ${verb.toUpperCase()} `}"$API${path}"`;
  const start = security?.length ? `${call} -H "Authorization: Bearer $KEY"` : call;
  if (!schema) return start;
  const body = Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const value = field.example ?? field.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return `${start} \\\n  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body)}'`;
}

const exampleOf = (content: Content | undefined): string =>
  JSON.stringify(content?.["application/json"]?.example, null, 2);

function renderHeaders(headers: Answer["headers"] = {}) {
  const named = Object.entries(headers);
  if (named.length === 0) return "";
  return html`<h3>In its headers</h3>
    ${renderRows(named.map(([name, { description }]) => [name, description]))}`;
}

/** Every other status with what it says, and each form of a refusal once. */
function renderOthers({ responses = {} }: Operation) {
  const others = Object.entries(responses)
    .filter(([status]) => status !== "200")
    .map(([status, { description, content }]) => {
      const example = content?.["application/json"]?.example as Refusal | undefined;
      return { status, description, example };
    });
  if (others.length === 0) return "";
  const forms = Map.groupBy(
    others.filter(({ example }) => example !== undefined),
    ({ example }) => typeof example?.message,
  );
  return html`<h3>Other answers</h3>
    ${renderRows(
      others.map(({ status, description, example }) => [
        status,
        html`${description}${renderSentence(example)}`,
      ]),
    )}
    ${[...forms.values()].map(
      (refusals) =>
        html`<details>
          <summary>Form of ${refusals.map(({ status }) => status).join(", ")}</summary>
          ${renderCode(
            JSON.stringify(
              (refusals.find(({ example }) => example?.code) ?? refusals[0])?.example,
              null,
              2,
            ),
          )}
        </details>`,
    )}`;
}

/** The refusal's own words, for who looks for what stands in a log. */
function renderSentence({ message, code }: Refusal = {}) {
  if (typeof message !== "string") return "";
  return html`<br /><span class="muted"
      >${message}${code ? html` <code>${code}</code>` : ""}</span
    >`;
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
