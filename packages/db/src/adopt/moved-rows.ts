import type { PlannedStep } from "./adoption.ts";
import { type Facts, tablesOf } from "./facts.ts";
import type { Link, Merge } from "./merges.ts";
import { keep, keyText, literal, restoreColumns, rowText } from "./saved.ts";

// What a merge does to the rows that stay: theirs who refer, and the one that stands for the others.

/** Who refers to rows that go refers to those that stay. */
export function moveLink(
  step: PlannedStep,
  { map, held }: Merge,
  link: Link,
  facts: Facts,
): { rows: string[]; undo: string } {
  const referring = tablesOf(facts).get(link.table);
  const pairs = link.columns.map((column, place) => ({
    column,
    at: held.indexOf(link.targetColumns[place] ?? ""),
  }));
  const match = pairs.map(({ column, at }) => `t.${column} = m.o${at}`).join(" and ");
  const moves = pairs.map(({ at }) => `m.o${at} is distinct from m.n${at}`).join(" or ");
  const now = pairs
    .map(({ column, at }) => `${literal(`${column} now`)}, m.n${at}::text`)
    .join(", ");
  const moved = new Map(pairs.map(({ column, at }) => [column, `m.n${at}`]));
  const columns = referring.columns.filter(({ column }) => link.columns.includes(column));
  const whole = referring.key.length === 0;
  const saved = whole ? referring.columns.map(({ column }) => column) : link.columns;
  return {
    rows: [
      keep({
        step: step.name,
        table: link.table,
        kind: "changed",
        key: keyText(referring, "t"),
        became: keyText({ key: referring.key }, "t", moved),
        was: `${rowText(saved, "t")}${whole ? ` || jsonb_build_object(${now})` : ""}`,
        from: `${link.table} t join ${map} m on ${match} where ${moves}`,
      }),
      `update ${link.table} t set ${pairs.map(({ column, at }) => `${column} = m.n${at}`).join(", ")} from ${map} m where ${match} and (${moves});`,
    ],
    undo: restoreColumns(step.name, referring, columns),
  };
}

/** What the row that stays lacks and another one has. */
export function fillRows({ table, words, map }: Merge, step: string): string[] {
  const names = table.columns
    .filter(
      ({ column, nullable, generated }) => words.fill.includes(column) && nullable && !generated,
    )
    .map(({ column }) => column);
  const made = names.map((column) => {
    const other = `(select o.${column} from ${map} m join ${table.table} o on o.ctid = m.old_ctid and o.tableoid = m.tab where m.first_ctid = k.first_ctid and o.${column} is not null order by m.place limit 1)`;
    const filled = `adopt_fill_${table.table.replace(/\W+/g, "_")}_${column.replace(/\W+/g, "_")}`;
    return {
      create: `create temporary table ${filled} on commit drop as select t.${table.key[0]} as key, ${other} as value from (select distinct first_ctid from ${map}) k join ${table.table} t on t.ctid = k.first_ctid where t.${column} is null;`,
      use: [
        keep({
          step,
          table: table.table,
          kind: "changed",
          key: keyText(table, "t"),
          became: keyText(table, "t"),
          was: rowText([column], "t"),
          from: `${table.table} t join ${filled} f on f.key = t.${table.key[0]} where f.value is not null`,
        }),
        `update ${table.table} t set ${column} = f.value from ${filled} f where f.key = t.${table.key[0]} and f.value is not null;`,
      ],
    };
  });
  // Read before any of them is written: a written row has another place.
  return [...made.map(({ create }) => create), ...made.flatMap(({ use }) => use)];
}
