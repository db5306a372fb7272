import type { Catalogue, FunctionRow } from "./catalogue.ts";
import { tableKey, tableName } from "./naming.ts";

const IDENTIFIER = `(?:"[^"]+"|[a-z_][\\w$]*)`;
const NAME = `${IDENTIFIER}(?:\\s*\\.\\s*${IDENTIFIER})?`;
const WRITE = new RegExp(
  `\\b(?:insert\\s+into|update(?:\\s+only)?|delete\\s+from(?:\\s+only)?|merge\\s+into(?:\\s+only)?)\\s+(${NAME})`,
  "gi",
);
const TARGET = `(?:only\\s+)?${NAME}(?:\\s*\\*)?`;
const TRUNCATE = new RegExp(
  `\\btruncate\\s+(?:table\\s+)?(${TARGET}(?:\\s*,\\s*${TARGET})*)`,
  "gi",
);
const CALL = new RegExp(`(?<![\\w$."])(${NAME})\\s*\\(`, "gi");

/**
 * Which of our tables a text of SQL names as the target of a write, itself or in functions that it
 * calls, and they in turn. Text is read for that, not understood: a name composed at run time is not
 * seen, and functions of one name are taken for one.
 */
export function findWrittenTables(declared: Catalogue, live: Catalogue) {
  const names = new Map(declared.tables.map((row) => [tableKey(row), tableName(row)]));
  const functions = Map.groupBy(live.functions, (row) => row.function);
  const read = new Map<string, { targets: string[]; calls: FunctionRow[] }>();

  const called = (text: string): FunctionRow[] =>
    [...new Set([...text.matchAll(CALL)].map(([, call = ""]) => call))].flatMap((call) => {
      const [name = "", schema] = partsOf(call).toReversed();
      return (functions.get(name) ?? []).filter(
        (row) => schema === undefined || row.schema === schema,
      );
    });
  /** Each text is read once, however many lead to it. */
  const readOnce = (text: string) => {
    let known = read.get(text);
    if (known === undefined) {
      const code = text.replace(/--[^\n]*|\/\*[^]*?\*\//g, " ");
      known = { targets: targetsOf(code), calls: called(code) };
      read.set(text, known);
    }
    return known;
  };

  return (text: string): string[] => {
    const texts = new Set([text]);
    const written = new Set<string>();
    // A set grows while it is gone through, and what it holds already is not gone through again.
    for (const one of texts) {
      const { targets, calls } = readOnce(one);
      for (const target of targets) written.add(target);
      for (const { body } of calls) texts.add(body);
    }
    return [...names].filter(([key]) => written.has(key)).map(([, name]) => name);
  };
}

/** The keys of the tables that a text writes. */
function targetsOf(text: string): string[] {
  const single = [...text.matchAll(WRITE)].map(([, name = ""]) => name);
  const several = [...text.matchAll(TRUNCATE)].flatMap(([, list = ""]) =>
    list.split(",").map((name) =>
      name
        .trim()
        .replace(/^only\s+/i, "")
        .replace(/\s*\*$/, ""),
    ),
  );
  return [...single, ...several].map((name) => {
    const [table = "", schema = "public"] = partsOf(name).toReversed();
    return tableKey({ schema, table });
  });
}

/** `app."Users"` → `app`, `Users`. */
const partsOf = (name: string): string[] =>
  [...name.matchAll(new RegExp(IDENTIFIER, "gi"))].map(([part]) =>
    part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase(),
  );
