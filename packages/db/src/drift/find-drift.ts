import type { Database } from "../session/database.ts";
import { executeForLibrary } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";
import { type Catalogue, type LiveCatalogue, readCatalogue } from "./catalogue.ts";
import { compareConstraints } from "./compare-constraints.ts";
import { compareEnums } from "./compare-enums.ts";
import { compareIndexes } from "./compare-indexes.ts";
import { compareTables } from "./compare-tables.ts";
import { compareTriggers } from "./compare-triggers.ts";
import { compareRules } from "./compare-rules.ts";
import { compareViews } from "./compare-views.ts";
import { describeDeclared } from "./declared.ts";
import { type Difference, type Finding, type Severity, toDifference } from "./difference.ts";
import { tableKey, tableName } from "./naming.ts";
import { countRowsInTheWay } from "./rows-in-the-way.ts";

/** What a comparison of schema and database found. Plain JSON. */
export interface DriftReport {
  /** Worst first. */
  differences: Difference[];
  counts: Record<Severity, number>;
  /** Tables compared. */
  tables: number;
  /** Tables and views of our schemas that the schema does not know: listed, and left alone. */
  unknownTables: string[];
  /** Time for reading and comparing, milliseconds. */
  elapsedMs: number;
}

const SEVERITIES: readonly Severity[] = ["breaking", "harmful", "harmless"];

/** Made by the migrations themselves, before the first of them. */
const OWN_UNDECLARED = new Set(["app.migrations"]);

export interface DriftOptions {
  /** False: rows in the way of a mending statement are not counted, which reads whole tables. Default true. */
  countRows?: boolean;
}

/** Compares schema and database in a read-only transaction of its own: five short statements, and counts of rows in the way. */
export function checkDrift(
  database: Database,
  declared?: Catalogue,
  options?: DriftOptions,
): Promise<DriftReport> {
  return database.db.transaction((tx) => getDriftReport(tx, declared, options), { readOnly: true });
}

/** Only the differences of `getDriftReport`. */
export async function findDrift(tx: Tx, declared?: Catalogue): Promise<Difference[]> {
  return (await getDriftReport(tx, declared)).differences;
}

/**
 * Compares the declared tables with those of a live database, both ways, by one statement that
 * only reads, and one for each mending statement that rows can be in the way of. References to Supabase's accounts count where the accounts are. Until the transaction
 * ends, its statements are not compiled.
 */
export async function getDriftReport(
  tx: Tx,
  declared: Catalogue = describeDeclared(),
  { countRows = true }: DriftOptions = {},
): Promise<DriftReport> {
  const start = performance.now();
  const schemas = [...new Set([...declared.tables, ...declared.views].map(({ schema }) => schema))];
  // A stock server takes 3 to 7 seconds to compile the statement that it runs in a twentieth of one.
  await executeForLibrary(tx, "set local jit = off");
  const live = await readCatalogue(tx, schemas);
  const findings = compareCatalogues(declared, live);
  const differences = countRows
    ? await countRowsInTheWay(tx, findings)
    : findings.map(toDifference);
  const known = new Set([
    ...declared.tables.map(tableKey),
    ...declared.views.map((row) => `${row.schema}.${row.view}`),
    ...OWN_UNDECLARED,
  ]);
  return {
    differences,
    counts: countOf(differences),
    tables: declared.tables.length,
    unknownTables: live.tables.filter((row) => !known.has(tableKey(row))).map(tableName),
    elapsedMs: Math.round((performance.now() - start) * 10) / 10,
  };
}

function countOf(differences: Difference[]): Record<Severity, number> {
  const counts = { breaking: 0, harmful: 0, harmless: 0 };
  for (const { severity } of differences) counts[severity]++;
  return counts;
}

/** Every difference between what is declared and what was read, worst first. */
function compareCatalogues(declared: Catalogue, live: LiveCatalogue): Finding[] {
  const expected = live.hasAccounts ? declared : withoutAccounts(declared);
  // A table that is missing is one difference: nothing of it is compared further.
  const tables = new Set(
    live.tables.filter(({ kind }) => kind === "table").map((row) => tableKey(row)),
  );
  const declaredTables = new Set(expected.tables.map(tableKey));
  const within = <T extends { schema: string; table: string }>(keys: Set<string>, rows: T[]) =>
    rows.filter((row) => keys.has(tableKey(row)));
  const shared: Catalogue = {
    ...expected,
    constraints: within(tables, expected.constraints),
    indexes: within(tables, expected.indexes),
  };
  const ours: Catalogue = {
    ...live,
    constraints: within(declaredTables, live.constraints),
    indexes: within(declaredTables, live.indexes),
  };
  const findings: Finding[] = [
    ...compareEnums(expected, live),
    ...compareTables(expected, live),
    ...compareConstraints(shared, ours),
    ...compareIndexes(shared, ours),
    ...compareViews(expected, live),
    ...compareTriggers(expected, live),
    ...compareRules(expected, live),
  ];
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return findings.sort((one, two) => rank(one) - rank(two));
}

/** Supabase's table of accounts is absent elsewhere, and the foreign keys to it with it. */
const withoutAccounts = (declared: Catalogue): Catalogue => ({
  ...declared,
  constraints: declared.constraints.filter((row) => !row.refersTo?.startsWith("auth.")),
});
