import type { Catalogue, TriggerRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { quoted, tableKey, tableName } from "./naming.ts";

/**
 * Triggers on our tables, and triggers elsewhere whose function names one of our tables as the
 * target of a write. The schema has none, so each is unknown to it. Text is read for that, not
 * understood: a write composed at run time is not seen.
 */
export function compareTriggers(declared: Catalogue, live: Catalogue): Finding[] {
  const tables = declared.tables.map((row) => ({
    key: tableKey(row),
    name: tableName(row),
    writes: writePattern(row),
  }));
  const ours = new Set(tables.map(({ key }) => key));
  return live.triggers.flatMap((trigger) => {
    const body = trigger.body.replace(/--[^\n]*|\/\*[^]*?\*\//g, " ");
    const written = tables.filter(({ writes }) => writes.test(body)).map(({ name }) => name);
    const onOurs = ours.has(tableKey(trigger));
    return onOurs || written.length > 0 ? [unexpected(trigger, onOurs, written)] : [];
  });
}

function writePattern({ schema, table }: { schema: string; table: string }): RegExp {
  const name = `"?${table.replace(/[^\w]/g, "\\$&")}"?`;
  const prefix = schema === "public" ? `(?:"?public"?\\.)?` : `"?${schema}"?\\.`;
  return new RegExp(
    `\\b(?:insert\\s+into|update(?:\\s+only)?|delete\\s+from(?:\\s+only)?|merge\\s+into|truncate(?:\\s+table)?)\\s+${prefix}${name}(?![\\w."])`,
    "i",
  );
}

function unexpected(row: TriggerRow, onOurs: boolean, written: string[]): Finding {
  const table = tableName(row);
  const before = onOurs && row.timing !== "after";
  const effects = [
    ...(before ? [`it can change or refuse rows of ${table} as we write them`] : []),
    ...(written.length > 0 ? [`it writes ${written.join(", ")} behind the code's back`] : []),
  ];
  const effect = effects.length > 0 ? effects.join(", and ") : "it only costs writes";
  return {
    severity: effects.length > 0 ? "harmful" : "harmless",
    what: `trigger ${table}.${quoted(row.name)}`,
    sentence: `trigger ${quoted(row.name)} on ${table} (${row.timing} ${row.events}, runs ${row.function}) exists in the database and is unknown to the schema: ${effect}`,
    mend: `alter table ${table} disable trigger ${quoted(row.name)};`,
    expected: undefined,
    found: `${row.timing} ${row.events} execute ${row.function}`,
  };
}
