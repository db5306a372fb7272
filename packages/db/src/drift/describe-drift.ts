import { describeRealTables } from "./declared.ts";
import type { Difference, RowsInTheWay, Severity } from "./difference.ts";
import type { DriftReport } from "./find-drift.ts";

const HEADINGS: [Severity, string][] = [
  ["breaking", "Breaking: something will fail"],
  ["harmful", "Harmful: it runs, but rows can go wrong or be found slowly"],
  ["harmless", "Harmless: nothing of ours notices"],
];

/** A report as text for people: a line of counts, then every difference with what would mend it. */
export function describeDrift(report: DriftReport): string {
  const lines = [summaryOf(report)];
  const told = new Set<string>();
  for (const [severity, heading] of HEADINGS) {
    const differences = report.differences.filter((one) => one.severity === severity);
    if (differences.length === 0) continue;
    lines.push("", heading);
    for (const { sentence, mend, inTheWay } of differences) {
      lines.push(`  - ${sentence}`);
      if (inTheWay) lines.push(`    ${describeRows(inTheWay)}`);
      // One statement can mend several.
      lines.push(`      ${told.has(mend) ? "the same statements as above" : mend}`);
      told.add(mend);
    }
  }
  if (needsDecisions(report)) {
    lines.push("", ADOPT);
  } else if (report.differences.some(isAdditionOfOurs)) {
    lines.push("", "Some of it comes with our own migrations: `npm run db -- migrate` brings it.");
  }
  if (report.differences.length > 0) {
    lines.push("", "The statements are proposals: nothing was changed, and nothing runs them.");
  }
  if (report.unknownTables.length > 0) {
    lines.push("", `Unknown tables, left alone: ${report.unknownTables.join(", ")}`);
  }
  return lines.join("\n");
}

const ADOPT =
  "Real tables of this database need decisions of its owner: `npm run db -- adopt` lists them in their order, " +
  "and keeps what its statements change.";

/**
 * Whether there is something to decide before the product can run: real tables that would break it, or
 * rows that no statement can change without a choice. Where there are no real tables, migrations make them.
 */
export function needsDecisions({ differences }: DriftReport): boolean {
  const ofOwner = differences.filter(
    (one) => !isAdditionOfOurs(one) && !/^\S+(?: \S+)* app\./.test(one.what),
  );
  const missing = ofOwner.filter(
    ({ kind, what }) => kind === "missing" && what.startsWith("table "),
  );
  if (missing.length === describeRealTables().tables.length) return false;
  return ofOwner.some((one) => one.severity === "breaking" || one.inTheWay !== undefined);
}

function describeRows({ rows, why, examples }: RowsInTheWay): string {
  const such = examples.length === 0 ? "" : ` (${examples.join("; ")})`;
  return rows === null
    ? `rows that ${why} are in the way, if there are any: they could not be counted`
    : rows === 1
      ? `1 row is in the way, one of those that ${why}${such}`
      : `${rows} rows are in the way: they ${why}${such}`;
}

function summaryOf({ counts, tables, elapsedMs }: DriftReport): string {
  const found = HEADINGS.filter(([severity]) => counts[severity] > 0).map(
    ([severity]) => `${counts[severity]} ${severity}`,
  );
  const result =
    found.length === 0
      ? "no drift: the database is what the schema says"
      : `the database has drifted from the schema: ${found.join(", ")}`;
  return `${tables} tables compared in ${Math.round(elapsedMs)} ms, ${result}`;
}

/** Schema app, and the indexes of ours on real tables: what migrations bring. */
const isAdditionOfOurs = ({ kind, what }: Difference) =>
  kind === "missing" && /^(table app\.|index \w+\.app_|view )/.test(what);
