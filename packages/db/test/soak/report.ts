import type { LastBytes } from "../../src/session/config/hooks.ts";
import type { SoakReport } from "./soak.ts";

const row = (name: string, value: number | string): string => `  ${name.padEnd(34)}${value}`;

const rows = (counts: Iterable<[string, number]>): string[] =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, times]) => row(name, times));

const shown = (bytes: Buffer): string => JSON.stringify(bytes.toString("latin1"));

/** What passed over a connection before it was out of step, every byte as a character. */
export const describeBytes = (atMs: number, { sent, received }: LastBytes): string =>
  `out of step after ${Math.round(atMs)} ms\n    sent      ${shown(sent)}\n    received  ${shown(received)}`;

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
    `answers that fitted nothing that was asked: ${report.unexplained.length}`,
    ...report.unexplained.map((event) => `  ${event}`),
    "",
    violations.length === 0
      ? "Every invariant held: sums, reported outcomes, own rows, snapshots, whole copies, savepoints, deadlines, rejections, open transactions, lent connections."
      : `VIOLATED:\n${violations.map((sentence) => `  ${sentence}`).join("\n")}`,
  ].join("\n");
}
