import type { PlannedStep } from "./adoption.ts";
import type { Around } from "./dependents.ts";
import type { Facts } from "./facts.ts";
import { literal, SAVED } from "./saved.ts";

// The script of an adoption and its way back: each one transaction that any client can run, refuses when
// the rows are not those of the plan, and proves at its end by counts what became of them.

/** What both directions, and the plan's own questions, run under: texts of values must be the same. */
export const SETTINGS = [
  "set local search_path = public;",
  "set local row_security = off;",
  "set local datestyle = 'ISO, YMD';",
  "set local intervalstyle = 'postgres';",
  "set local timezone = 'UTC';",
  "set local bytea_output = 'hex';",
  "set local extra_float_digits = 1;",
];

/** A table in use is waited for as long as others can bear it. */
const WAITING = [
  "set local lock_timeout = '10s';",
  "set local statement_timeout = 0;",
  "set local idle_in_transaction_session_timeout = 0;",
];

/** The state of an answer in one text: how many rows, and a sum over them. */
export const stateOf = (see: string): string =>
  `select count(*) || ' ' || coalesce(sum(hashtextextended(q::text, 0)), 0) as state from (${see}) q`;

export interface Guard {
  says: string;
  see: string;
  state: string;
}

export interface ScriptParts {
  facts: Facts;
  steps: PlannedStep[];
  around: Around;
  guards: Guard[];
  /** Rows that may go, by table. */
  merged: Record<string, number>;
  adoption: string;
  /** Makes what `app` needs; the text of the migration. */
  app: string;
}

/** Tables that are locked for everybody, and tables that are only kept from being written. */
export function lockedTables({ facts, steps }: Pick<ScriptParts, "facts" | "steps">) {
  const altered = new Set(steps.flatMap(({ touches }) => touches));
  const watched = facts.tables
    .filter(({ table, mine }) => mine && table.startsWith("public.") && !altered.has(table))
    .filter(({ table }) => isNear(table, facts))
    .map(({ table }) => table);
  return { altered: [...altered].sort(), watched };
}

/** Ours, or a table that refers to one of ours: deleting could reach it. */
const isNear = (table: string, facts: Facts): boolean =>
  facts.references.some((link) => link.table === table || link.target === table);

const guardSql = ({ says, see, state }: Guard): string =>
  `do $guard$ declare found text; begin ${stateOf(see).replace(" as state from ", " into found from ")}; ` +
  `if found <> ${literal(state)} then raise exception using message = ${literal(`rows changed since the plan was made: ${says}. Make the plan again`)}; end if; end $guard$;`;

function hooksOff({ facts, steps }: ScriptParts, direction: "off" | "on"): string[] {
  const altered = new Set(steps.flatMap(({ touches }) => touches));
  return facts.hooks
    .filter(({ table }) => altered.has(table))
    .map(({ table, name, kind, state }) => {
      const verb = direction === "off" ? "disable" : state === "A" ? "enable always" : "enable";
      // A trigger that was taken down with its column is put up again as it was.
      return kind === "rule"
        ? `alter table ${table} ${verb} rule ${name};`
        : `do $hook$ begin alter table ${table} ${verb} trigger ${name}; exception when undefined_object then null; end $hook$;`;
    });
}

export function forwardStatements(parts: ScriptParts): string[] {
  const { steps, around, guards, adoption, app } = parts;
  const { altered, watched } = lockedTables(parts);
  const counted = [...altered, ...watched];
  const counts = counted
    .map((table) => `select ${literal(table)} as table_name, count(*) as rows from ${table}`)
    .join(" union all ");
  return [
    ...SETTINGS,
    ...WAITING,
    `lock table ${altered.join(", ")} in access exclusive mode;`,
    ...(watched.length > 0
      ? [`lock table ${watched.join(", ")} in share row exclusive mode;`]
      : []),
    "set constraints all immediate;",
    ...guards.map(guardSql),
    `create temporary table adopt_counts on commit drop as ${counts};`,
    `create temporary table ${SAVED} (step text, table_name text, kind text, row_key text, became text, was jsonb) on commit drop;`,
    ...hooksOff(parts, "off"),
    // Who refers is merged first, by a map that reads the map of what is referred to.
    ...steps.toReversed().flatMap(({ maps }) => maps),
    ...steps.flatMap(({ rows }) => rows),
    ...around.down,
    ...steps.flatMap(({ shape }) => shape),
    ...around.up,
    ...hooksOff(parts, "on"),
    app,
    `insert into app.adopted_rows (adoption, step, table_name, kind, row_key, became, was) select ${literal(adoption)}, s.* from ${SAVED} s;`,
    ...(steps.some(({ name }) => name === "batches")
      ? [
          "insert into app.batch_names (tenant_id, name, batch_id) select n.tenant_id, n.name, n.uuid from adopt_names n where n.name <> n.uuid::text on conflict do nothing;",
        ]
      : []),
    ...counted.map((table) => proofSql(table, parts)),
  ];
}

/** Counts a table again: what is gone is kept, and was announced. */
function proofSql(table: string, { merged }: ScriptParts): string {
  const said = (text: string) => `raise exception using message = ${literal(`${table}: ${text}`)}`;
  return (
    `do $proof$ declare before bigint; kept bigint; added bigint; now bigint; begin ` +
    `select rows into before from adopt_counts where table_name = ${literal(table)}; ` +
    `select count(*) filter (where kind = 'merged'), count(*) filter (where kind = 'added') into kept, added from ${SAVED} where table_name = ${literal(table)}; ` +
    `select count(*) into now from ${table}; ` +
    `if now <> before - kept + added then ${said("rows are gone that were not kept, so all is undone")}; end if; ` +
    `if kept > ${merged[table] ?? 0} then ${said("more rows would go than the plan says, so all is undone")}; end if; end $proof$;`
  );
}

export function backStatements(parts: ScriptParts): string[] {
  const { steps, around, adoption } = parts;
  const reversed = steps.toReversed();
  const { altered } = lockedTables(parts);
  const named = (sql: string) => sql.replaceAll(":adoption:", literal(adoption));
  return [
    ...SETTINGS,
    ...WAITING,
    untilMigrated(adoption),
    `lock table ${altered.join(", ")} in access exclusive mode;`,
    "set constraints all immediate;",
    ...hooksOff(parts, "off"),
    ...around.backDown,
    // It refers to batches by their uuids.
    ...(steps.some(({ name }) => name === "batches") ? ["drop table app.batch_names;"] : []),
    ...reversed.flatMap(({ backShape }) => backShape),
    ...reversed.flatMap(({ backRows }) => backRows.map(named)),
    ...reversed.flatMap(({ backEnd }) => backEnd),
    ...around.backUp,
    ...hooksOff(parts, "on"),
    `delete from app.adopted_rows where adoption = ${literal(adoption)};`,
  ];
}

/** What migrations made since refers to what would go back. */
const untilMigrated = (adoption: string): string =>
  `do $back$ declare since boolean := false; begin if to_regclass('app.migrations') is not null then ` +
  `execute ${literal(`select exists (select from app.migrations where applied_at >= (select min(at) from app.adopted_rows where adoption = ${literal(adoption)}))`)} into since; end if; ` +
  `if since then raise exception 'migrations ran since: the way back ends where they begin'; end if; end $back$;`;

const WIDTH = 99;
const rule = `-- ${"-".repeat(WIDTH - 3)}`;

/** A script as text, with a heading of comments. */
export function asScript(heading: string[], statements: string[]): string {
  return [
    rule,
    ...heading.map((line) => `-- ${line}`.trimEnd()),
    rule,
    "",
    "begin;",
    "",
    ...statements,
    "",
    "commit;",
    "",
  ].join("\n");
}
