/** A call over HTTP, as a program sends it. */
export interface HttpCall {
  method: string;
  /** With its query. */
  path: string;
  /** Asks for no key. */
  isOpen?: boolean;
  body?: unknown;
}

/** A call of a procedure. */
export interface ProcedureCall {
  /** Such as `jobs.list`. */
  procedure: string;
  type: "query" | "mutation" | "subscription";
  isOpen?: boolean;
  /** Left out where it takes nothing. */
  input?: unknown;
  /** A query whose input does not fit into an address. */
  isLong?: boolean;
}

/** In the environment of whoever runs it: no page knows a key. */
const KEY = "SCRAPERSKY_KEY";

const joined = (lines: string[]): string => lines.join(" \\\n  ");
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const keyOf = (isOpen: boolean): string[] => (isOpen ? [] : [`-H "Authorization: Bearer $${KEY}"`]);
const bodyOf = (body: unknown): string[] => [
  '-H "Content-Type: application/json"',
  `-d ${quoted(JSON.stringify(body))}`,
];

/** A line for a shell. */
export const curlOf = (origin: string, { method, path, isOpen = false, body }: HttpCall): string =>
  joined([
    `curl ${method === "GET" ? "" : `-X ${method} `}"${origin}${path}"`,
    ...keyOf(isOpen),
    ...(body === undefined ? [] : bodyOf(body)),
  ]);

/** The same of a procedure. */
export const procedureCurlOf = (
  origin: string,
  { procedure, type, isOpen = false, input, isLong = false }: ProcedureCall,
): string => {
  const path = `/api/trpc/${procedure}`;
  if (type === "mutation" || isLong) {
    return curlOf(origin, { method: "POST", path, isOpen, body: input ?? {} });
  }
  const isStream = type === "subscription";
  return joined([
    `curl ${isStream ? "-N " : ""}${input === undefined ? "" : "-G "}"${origin}${path}"`,
    ...keyOf(isOpen),
    ...(isStream ? ['-H "Accept: text/event-stream"'] : []),
    ...(input === undefined
      ? []
      : [`--data-urlencode ${quoted(`input=${JSON.stringify(input)}`)}`]),
  ]);
};

/** An object of this length stands on one line. */
const LITERAL_LENGTH_MAX = 72;

const nameOf = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);

/** As TypeScript writes it. */
function literalOf(value: unknown, indent = ""): string {
  if (Array.isArray(value)) return `[${value.map((one) => literalOf(one, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const fields = Object.entries(value).map(
    ([name, held]) => `${nameOf(name)}: ${literalOf(held, inner)}`,
  );
  const line = fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  if (line.length <= LITERAL_LENGTH_MAX && !line.includes("\n")) return line;
  return `{\n${fields.map((field) => `${inner}${field},\n`).join("")}${indent}}`;
}

/** A call of REST in TypeScript, by `fetch` alone. */
export const fetchOf = (
  origin: string,
  { method, path, isOpen = false, body }: HttpCall,
): string => {
  const headers = [
    ...(isOpen ? [] : [`Authorization: \`Bearer \${process.env.${KEY}}\``]),
    ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
  ];
  const options = [
    ...(method === "GET" ? [] : [`method: "${method}"`]),
    ...(headers.length === 0 ? [] : [`headers: { ${headers.join(", ")} }`]),
    ...(body === undefined ? [] : [`body: JSON.stringify(${literalOf(body, "  ")})`]),
  ];
  const said =
    options.length === 0 ? "" : `, {\n${options.map((option) => `  ${option},\n`).join("")}}`;
  return `const answer = await fetch("${origin}${path}"${said});
if (!answer.ok) throw new Error(await answer.text());`;
};

/** A call of a procedure in TypeScript, by the client. */
export const clientOf = (origin: string, { procedure, type, input }: ProcedureCall): string => {
  const given = input === undefined ? "" : literalOf(input);
  const call =
    type === "subscription"
      ? `client.${procedure}.subscribe(${given || "undefined"}, {
  onData: (told) => console.log(told),
  onError: (error) => console.error(error),
});`
      : `const answer = await client.${procedure}.${type === "query" ? "query" : "mutate"}(${given});`;
  return `import { createClient } from "@scrapersky/client";

const client = createClient({ url: "${origin}", apiKey: process.env.${KEY}! });
${call}`;
};
