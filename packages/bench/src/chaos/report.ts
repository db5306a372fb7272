import type { ChaosReport } from "./chaos.ts";
import type { Faults } from "./checks.ts";
import type { RollingReport } from "./rolling.ts";

export const isUnharmed = ({ lost, doubled, wrong }: Faults): boolean =>
  lost.length + doubled.length + wrong.length === 0;

/** What was done, what went wrong, and the closing line. */
export function describeChaos(report: ChaosReport): string {
  const { lost, doubled, wrong } = report;
  return [
    "",
    `${report.kills} workers killed and ${report.restarts} restarts in ${Math.round(report.seconds)} s; counters and rows compared at ${report.looks} instants, progress in ${report.readings} readings of a watcher.`,
    ...(report.givenUp > 0
      ? [
          `${report.givenUp} sites failed as documented: their tries were used up with workers that were killed.`,
        ]
      : []),
    ...[...lost, ...doubled, ...wrong].map((sentence) => `  ${sentence}`),
    "",
    `chaos: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
  ].join("\n");
}

/** The same of a rolling restart; a request that was not answered is among what went wrong. */
export function describeRolling(report: RollingReport): string {
  const { lost, doubled, wrong } = report;
  return [
    "",
    `${report.restarts} restarts in ${Math.round(report.seconds)} s; ${report.requests} requests through nginx and Caddy were answered, ${report.batches} batches with ${report.jobs} jobs ended.`,
    ...[...lost, ...doubled, ...wrong].map((sentence) => `  ${sentence}`),
    "",
    `rolling: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong`,
  ].join("\n");
}
