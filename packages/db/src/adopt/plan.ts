import { createHash } from "node:crypto";
import { describeRealTables } from "../drift/declared.ts";
import type { Difference } from "../drift/difference.ts";
import { type DriftReport, getDriftReport } from "../drift/find-drift.ts";
import { quoted, tableKey } from "../drift/naming.ts";
import { findPending } from "../migrate.ts";
import type { Migration } from "../migration/read-migrations.ts";
import { executeForLibrary, executeRawSql } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";
import type { AdoptionPlan } from "./adoption.ts";
import { planBatches } from "./batches.ts";
import { collectDependents } from "./dependents.ts";
import { type Facts, readFacts, tablesOf } from "./facts.ts";
import { planNulls, planOrphans, planTenants, planWords } from "./in-the-way.ts";
import { isLeftover, planLeftovers } from "./leftovers.ts";
import { type Link, planMerges } from "./merges.ts";
import { askSteps } from "./questions.ts";
import { assignmentTenant, planRoles } from "./roles.ts";
import {
  backStatements,
  forwardStatements,
  lockedTables,
  type ScriptParts,
  SETTINGS,
} from "./script.ts";
import { planShape, type Shape } from "./shape.ts";

// Reads a database and plans how its rows and tables become what the migrations expect. Nothing is
// written: what would be done is text.

/** A plan, with the statements of both directions. */
export interface PlannedAdoption extends AdoptionPlan {
  forward: string[];
  back: string[];
}

/** The migration whose text makes what `app` needs; adoption runs it before the migrations do. */
const APP_MIGRATION = "0007_adopted_rows";

/**
 * Plans the adoption of a database, in a transaction whose settings it changes until its end. Costs a
 * reading of the tables that are concerned; takes no lock that others notice.
 * @throws DatabaseError, `permission` where a table may not be read
 */
export async function planAdoption(tx: Tx, migrations: Migration[]): Promise<PlannedAdoption> {
  await executeForLibrary(tx, SETTINGS.join("\n"));
  const facts = await readFacts(tx);
  const pending = await findPending(tx, migrations);
  const nothing = {
    database: facts.database,
    steps: [],
    obstacles: [],
    remains: [],
    migrations: pending.map(({ name }) => name),
    merged: {},
    forward: [],
    back: [],
  };
  const ours = describeRealTables().tables.map(tableKey);
  if (!ours.some((table) => tablesOf(facts).find(table))) {
    return { ...nothing, state: "empty", fingerprint: hash(["empty"]) };
  }
  const hidden = facts.tables.filter(({ table, hidden: is }) => is && table.startsWith("public."));
  if (hidden.length > 0) {
    const tables = hidden.map(({ table }) => table).join(", ");
    const obstacle = `row security hides rows of ${tables} from the role ${facts.role}: adopt as their owner, or as a role that bypasses it`;
    return {
      ...nothing,
      state: "first system",
      obstacles: [obstacle],
      fingerprint: hash([obstacle]),
    };
  }

  const dependents = collectDependents();
  const { planned, shape, obstacles } = await planSteps(tx, facts, dependents);
  const asked = await askSteps(tx, planned);
  const remains = shape.remains;
  if (asked.every(({ step }) => step.rows.length === 0 && step.shape.length === 0)) {
    const state = obstacles.length > 0 ? "first system" : "current";
    return { ...nothing, state, obstacles, remains, fingerprint: hash([...obstacles, ...remains]) };
  }
  const guards = asked.flatMap((one) => one.guards);
  const adoption = hash([...guards.map(({ see, state }) => `${see} ${state}`), structureOf(facts)]);
  const script: ScriptParts = {
    facts,
    steps: asked.map(({ step }) => step),
    around: await dependents.around(tx),
    guards,
    merged: sumOf(asked.flatMap(({ merged }) => merged)),
    adoption,
    app: textOf(migrations),
  };
  return {
    ...nothing,
    state: "first system",
    steps: asked.map(({ shown }) => shown),
    obstacles: [
      ...obstacles,
      ...script.around.obstacles,
      ...rightsIn(facts, lockedTables(script).altered),
    ],
    remains,
    merged: script.merged,
    fingerprint: adoption,
    forward: forwardStatements(script),
    back: backStatements(script),
  };
}

/** Every step in the order in which they are done; not yet asked for their rows. */
async function planSteps(tx: Tx, facts: Facts, dependents: ReturnType<typeof collectDependents>) {
  const leftovers = await planLeftovers(tx, facts);
  const batches = planBatches(facts, dependents, leftovers.going);
  const byBatches = batches
    ? ["public.batch_jobs", "public.jobs", "public.domains"].map((table) => `${table}.batch_id`)
    : [];
  const handled = new Set([
    ...byBatches,
    ...facts.tables.flatMap(({ table, columns }) =>
      columns
        .filter(({ column }) => isLeftover(table, column))
        .map(({ column }) => `${table}.${column}`),
    ),
  ]);
  const nulls = await planNulls(tx, facts, handled);
  const { differences } = await compare(tx, facts);
  const shape = planShape(differences, facts, new Set([...handled, ...nulls.done]));
  const merges = await planMerges(tx, facts, {
    keys: missingKeys(shape),
    links: missingLinks(shape),
    instead: assignmentTenant(facts),
  });
  const planned = [
    ...merges.steps,
    ...planRoles(facts, merges.maps),
    ...(batches ? [batches] : []),
    planTenants(facts),
    ...planOrphans(shape.missing, facts, handled),
    planWords(shape.missing, facts),
    ...nulls.steps,
    leftovers.step,
    shape.step,
  ];
  const byHand = await describeObstacles(tx, facts, shape.obstacles);
  return { planned, shape, obstacles: [...byHand, ...merges.obstacles] };
}

/** What only the owner can mend: with the rows in the way, and the statement that fits them. */
async function describeObstacles(tx: Tx, facts: Facts, found: Difference[]): Promise<string[]> {
  if (found.length === 0) return [];
  const { differences } = await compare(tx, facts, true);
  const counted = new Map(differences.map((one) => [one.sentence, one]));
  return found.map((one) => {
    const { sentence, mend, inTheWay } = counted.get(one.sentence) ?? one;
    const rows = inTheWay?.rows ?? 0;
    const way = rows > 0 ? ` Rows in the way: ${rows} (${inTheWay?.examples.join("; ")}).` : "";
    return `${sentence}.${way} By hand: ${mend}`;
  });
}

/** What the real tables differ in; a view counts where something has its name. */
async function compare(tx: Tx, facts: Facts, countRows = false): Promise<DriftReport> {
  const declared = describeRealTables();
  const rows = await executeRawSql<{ name: string }>(
    tx,
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relname = any(:names::text[])`,
    { names: declared.views.map(({ view }) => view) },
  );
  const taken = new Set(rows.map(({ name }) => name));
  const hasAccounts = tablesOf(facts).find("auth.users") !== undefined;
  return getDriftReport(
    tx,
    {
      ...declared,
      views: declared.views.filter(({ view }) => taken.has(view)),
      constraints: declared.constraints.filter(
        ({ refersTo }) => hasAccounts || !refersTo?.startsWith("auth."),
      ),
    },
    { countRows },
  );
}

/** A batch that is called like another one stays: it gets a uuid of its own. */
function missingKeys({ missing }: Shape): Map<string, string[][]> {
  const keys = new Map<string, string[][]>();
  for (const row of missing) {
    const table = tableKey(row);
    if (row.kind !== "unique" || table === "public.batch_jobs") continue;
    keys.set(table, [...(keys.get(table) ?? []), row.columns.split(" ").map(quoted)]);
  }
  return keys;
}

function missingLinks({ missing }: Shape): Link[] {
  return missing.flatMap(({ kind, schema, table, columns, refersTo }) => {
    const [, target = "", targetColumns = ""] = /^(.*)\((.*)\)$/.exec(refersTo ?? "") ?? [];
    if (kind !== "foreign key" || target.includes(".")) return [];
    return [
      {
        table: `${schema}.${table}`,
        columns: columns.split(" ").map(quoted),
        target: `public.${quoted(target)}`,
        targetColumns: targetColumns.split(" ").map(quoted),
      },
    ];
  });
}

/** What the role lacks to do it. */
function rightsIn({ mayCreate, role, database, tables }: Facts, altered: string[]): string[] {
  const foreign = tables.filter(({ table, mine }) => !mine && altered.includes(table));
  return [
    ...foreign.map(
      ({ table, owner }) =>
        `${table} belongs to ${owner}, and ${role} may not alter it: adopt as ${owner}, or: grant ${quoted(owner)} to ${quoted(role)};`,
    ),
    ...(mayCreate
      ? []
      : [
          `${role} may not make schema app: grant create on database ${quoted(database)} to ${quoted(role)};`,
        ]),
  ];
}

function textOf(migrations: Migration[]): string {
  const text = migrations.find(({ name }) => name === APP_MIGRATION)?.text;
  if (text === undefined) throw new Error(`migration ${APP_MIGRATION} is not among the migrations`);
  return text;
}

function sumOf(merged: [table: string, rows: number][]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [table, rows] of merged) if (rows > 0) sum[table] = (sum[table] ?? 0) + rows;
  return sum;
}

/** What would make another plan. Our own tables are not there, or as an earlier adoption left them. */
function structureOf({ tables, references, keys, definitions, hooks }: Facts): string {
  const others = ({ table }: { table: string }) => !table.startsWith("app.");
  return JSON.stringify(
    [tables, references, keys, definitions, hooks].map((list) => list.filter(others)),
  );
}

const hash = (parts: string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
