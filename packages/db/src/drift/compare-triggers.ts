import type { Catalogue, TriggerRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { quoted, tableKey, tableName } from "./naming.ts";
import { findWrittenTables } from "./written-tables.ts";

/** Triggers on our tables, and triggers elsewhere that write one of ours. The schema has none. */
export function compareTriggers(declared: Catalogue, live: Catalogue): Finding[] {
  const ours = new Set(declared.tables.map(tableKey));
  const find = findWrittenTables(declared, live);
  return live.triggers.flatMap((trigger) => {
    const written = find(trigger.body);
    if (isUsualOfAccounts(trigger, written)) return [];
    const onOurs = ours.has(tableKey(trigger));
    return onOurs || written.length > 0 ? [unexpected(trigger, onOurs, written)] : [];
  });
}

/** Most projects of Supabase have it: a new account gets a profile. Adding people allows for it. */
const isUsualOfAccounts = (row: TriggerRow, written: string[]): boolean =>
  tableKey(row) === "auth.users" &&
  `${row.timing} ${row.events}` === "after insert" &&
  written.join() === "profiles";

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
