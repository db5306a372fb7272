import type { SoakReport } from "./soak.ts";

const row = (name: string, value: number | string): string => `  ${name.padEnd(34)}${value}`;

const rows = (counts: Iterable<[string, number]>): string[] =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, times]) => row(name, times));

/** The closing table. */
export function describeReport(report: SoakReport): string {
  const { outcomes, violations } = report;
  return [
    "",
    `seed ${report.seed}`,
    row("calls", report.calls),
    row("transfers committed", outcomes.committed),
    row("transfers failed", outcomes.failed),
    row("transfers of unknown outcome", outcomes.unknown),
    row("connections replaced", report.replaced),
    "calls that did what they were asked",
    ...rows(report.succeeded),
    "what failed calls were told",
    ...rows(report.kinds),
    "faults",
    ...rows(report.faults),
    "",
    violations.length === 0
      ? "Every invariant held: sums, reported outcomes, own rows, snapshots, whole copies, savepoints, deadlines, rejections, open transactions, lent connections."
      : `VIOLATED:\n${violations.map((sentence) => `  ${sentence}`).join("\n")}`,
  ].join("\n");
}
