import type { HealthFinding, Measured, PlatformHealth } from "@scrapersky/api/contract";
import { countOf } from "#format/number.ts";
import type { Tone } from "#ui/status.tsx";

/** 0.34 → "0.3 ms", 41.2 → "41 ms", 2350 → "2.4 s". */
export const msWords = (ms: number): string =>
  ms >= 1000
    ? `${(ms / 1000).toFixed(1)} s`
    : ms >= 10
      ? `${Math.round(ms)} ms`
      : `${ms.toFixed(1)} ms`;

/** "p50 1.2 ms, p95 4.0 ms, of 12 looks". */
export const spreadWords = ({ p50, p95, count }: Measured, of: string): string =>
  `p50 ${msWords(p50)}, p95 ${msWords(p95)}, of ${countOf(count, of)}`;

const POOLERS: Record<PlatformHealth["pooler"]["kind"], string> = {
  none: "none",
  pgbouncer: "PgBouncer",
  supavisor: "Supavisor",
  unknown: "one that does not tell",
};

export const poolerWords = ({ kind, version }: PlatformHealth["pooler"]): string =>
  version === null ? POOLERS[kind] : `${POOLERS[kind]} ${version}`;

const MODES: Record<string, string> = {
  transaction: "Transaction: a server for each transaction",
  session: "Session: a server for each connection",
  direct: "Direct: the server itself",
};

export const modeWords = (mode: string): string => MODES[mode] ?? mode;

export const TONES: Record<HealthFinding["status"], Tone> = {
  ok: "complete",
  warn: "partial",
  fail: "failed",
};

/** What the page says first. */
export const stateOf = (
  findings: readonly HealthFinding[],
): { status: HealthFinding["status"]; words: string } => {
  const count = (status: HealthFinding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  const [failed, warned] = [count("fail"), count("warn")];
  if (failed > 0) {
    const rest = warned === 0 ? "" : `, ${countOf(warned, "thing")} to look at`;
    return { status: "fail", words: `${countOf(failed, "thing")} broken${rest}` };
  }
  return warned > 0
    ? { status: "warn", words: `${countOf(warned, "thing")} to look at` }
    : { status: "ok", words: `All of ${countOf(findings.length, "check")} are well` };
};
