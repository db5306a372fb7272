import type { Catalogue, TriggerRow } from "./catalogue.ts";
import { OWN_TRIGGERS, type OwnTrigger } from "../schema/app/triggers.ts";
import type { Finding } from "./difference.ts";
import { quoted, tableKey, tableName } from "./naming.ts";
import { findWrittenTables } from "./written-tables.ts";

/** Triggers of ours that do not fire, others on our tables, and others elsewhere that write one of ours. */
export function compareTriggers(declared: Catalogue, live: Catalogue): Finding[] {
  const ours = new Set(declared.tables.map(tableKey));
  const present = new Set(live.tables.map(tableKey));
  const find = findWrittenTables(declared, live);
  const known = new Set(OWN_TRIGGERS.map(described));
  const firing = new Set(live.triggers.map(described));
  const silent = OWN_TRIGGERS.filter(
    (trigger) =>
      ours.has(tableKey(trigger)) &&
      present.has(tableKey(trigger)) &&
      !firing.has(described(trigger)),
  );
  const others = live.triggers.filter((trigger) => !known.has(described(trigger)));
  return [
    ...silent.map(missing),
    ...others.flatMap((trigger) => {
      const written = find(trigger.body);
      if (isUsualOfAccounts(trigger, written)) return [];
      const onOurs = ours.has(tableKey(trigger));
      return onOurs || written.length > 0 ? [unexpected(trigger, onOurs, written)] : [];
    }),
  ];
}

/** What tells a trigger from others: where, when and what it runs. */
const described = (row: TriggerRow | OwnTrigger): string =>
  `${tableKey(row)} ${row.name} ${row.timing} ${row.events} ${row.function}`;

function missing(row: OwnTrigger): Finding {
  const table = tableName(row);
  const told = `${row.timing} ${row.events} execute ${row.function}`;
  return {
    severity: "harmful",
    what: `trigger ${table}.${row.name}`,
    sentence: `trigger ${row.name} on ${table} (${row.timing} ${row.events}, runs ${row.function}) does not exist in the database or is disabled: without it ${row.worse}`,
    mend: `create or replace trigger ${row.name} ${row.timing} ${row.events} on ${table} ${row.form} execute function ${row.function}();`,
    expected: told,
    found: undefined,
  };
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
