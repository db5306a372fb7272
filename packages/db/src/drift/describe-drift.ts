import type { Difference, Severity } from "./difference.ts";
import type { DriftReport } from "./find-drift.ts";

const HEADINGS: [Severity, string][] = [
  ["breaking", "Breaking: something will fail"],
  ["harmful", "Harmful: it runs, but rows can go wrong or be found slowly"],
  ["harmless", "Harmless: nothing of ours notices"],
];

/** A report as text for people: a line of counts, then every difference with what would mend it. */
export function describeDrift(report: DriftReport): string {
  const lines = [summaryOf(report)];
  for (const [severity, heading] of HEADINGS) {
    const differences = report.differences.filter((one) => one.severity === severity);
    if (differences.length === 0) continue;
    lines.push("", heading);
    for (const { sentence, mend } of differences) lines.push(`  - ${sentence}`, `      ${mend}`);
  }
  if (report.differences.some(isAdditionOfOurs)) {
    lines.push("", "Some of it comes with our own migrations: run `npm run db -- migrate` first.");
  }
  if (report.differences.length > 0) {
    lines.push("", "The statements are proposals: nothing was changed, and nothing runs them.");
  }
  if (report.unknownTables.length > 0) {
    lines.push("", `Unknown tables, left alone: ${report.unknownTables.join(", ")}`);
  }
  return lines.join("\n");
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
