import type { Catalogue, RuleRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { aRow, quoted, tableKey, tableName } from "./naming.ts";
import { findWrittenTables } from "./written-tables.ts";

const VERBS: Record<string, string> = {
  insert: "creating",
  update: "changing",
  delete: "deleting",
};

/** Rules on our tables, and rules elsewhere that write one of ours. The schema has none. */
export function compareRules(declared: Catalogue, live: Catalogue): Finding[] {
  const ours = new Set(declared.tables.map(tableKey));
  const find = findWrittenTables(declared, live);
  return live.rules.flatMap((rule) => {
    const written = find(actionsOf(rule));
    return ours.has(tableKey(rule)) || written.length > 0
      ? [unexpected(rule, ours.has(tableKey(rule)), written)]
      : [];
  });
}

/** What follows `do`: what stands before it is the event. */
const actionsOf = ({ definition }: RuleRow): string =>
  definition.slice(definition.search(/\bDO\b/));

function unexpected(row: RuleRow, onOurs: boolean, written: string[]): Finding {
  const table = tableName(row);
  const replaces = onOurs && row.instead !== "never";
  const verb = `${VERBS[row.event]} ${aRow(row.table)}`;
  const effects = [
    ...(replaces
      ? [`${verb} ${row.instead === "always" ? "does" : "can do"} something else, without an error`]
      : []),
    ...(written.length > 0 ? [`it writes ${written.join(", ")} behind the code's back`] : []),
  ];
  return {
    severity:
      onOurs && row.instead === "always" ? "breaking" : effects.length > 0 ? "harmful" : "harmless",
    what: `rule ${table}.${quoted(row.name)}`,
    sentence: `rule ${quoted(row.name)} on ${table} (on ${row.event}${row.instead === "never" ? "" : " instead"}) exists in the database and is unknown to the schema: ${
      effects.length > 0 ? effects.join(", and ") : "it only costs writes"
    }`,
    mend: `alter table ${table} disable rule ${quoted(row.name)};`,
    expected: undefined,
    found: row.definition,
  };
}
