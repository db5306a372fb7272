import {
  adviceFor,
  createDatabase,
  describeServerWords,
  findDatabaseError,
  type HealthResult,
} from "@scrapersky/db";
import { type Command, EXIT } from "../../command.ts";
import type { Examination, Finding } from "./finding.ts";
import { checkExposure, checkPermissions, checkRowSecurity } from "./rights.ts";
import { checkDriftHere, checkMigrations, checkQueue, checkSearchPath } from "./schema.ts";
import { checkSearch } from "./search.ts";
import { checkClock, checkLimits, checkVersions, checkWritable } from "./server.ts";
import { adviseOnHost, checkDirectWay, checkPooler, checkPoolSize, checkTls } from "./way.ts";

const CHECKS: [name: string, check: (at: Examination) => Promise<Finding> | Finding][] = [
  ["tls", checkTls],
  ["pooler", checkPooler],
  ["pool size", checkPoolSize],
  ["mode", checkWritable],
  ["versions", checkVersions],
  ["limits", checkLimits],
  ["clock", checkClock],
  ["search path", checkSearchPath],
  ["migrations", checkMigrations],
  ["queue", checkQueue],
  ["drift", checkDriftHere],
  ["search", checkSearch],
  ["permissions", checkPermissions],
  ["row security", checkRowSecurity],
  ["exposure", checkExposure],
];

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" };

export const doctorCommand: Command = async ({ env }) => {
  const database = createDatabase({
    url: env.url,
    migrationUrl: env.migrationUrl,
    mode: env.mode,
    // One is held while another looks whether a pooler lends both the same server connection.
    max: 2,
    applicationName: "scrapersky doctor",
  });
  try {
    const findings: ({ name: string } & Finding)[] = [];
    const { pooled, direct, pooler } = await database.health();
    findings.push(await describeWay("connection", "DATABASE_URL", env.url, pooled));
    if (env.migrationUrl !== env.url) {
      const way = await describeWay("direct", "DATABASE_MIGRATION_URL", env.migrationUrl, direct);
      const through = direct.ok ? await checkDirectWay(env) : undefined;
      findings.push({ ...way, ...through });
    }
    for (const [name, check] of pooled.ok ? CHECKS : []) {
      findings.push({ name, ...(await guarded(() => check({ env, database, pooler }))) });
    }
    const failed = findings.some(({ status }) => status === "fail");
    return {
      exitCode: failed ? (pooled.ok ? EXIT.problem : EXIT.unreachable) : 0,
      text: findings.map(describe).join("\n"),
      json: { checks: findings },
    };
  } finally {
    await database.close();
  }
};

/** Whether one address answers, and if not, what to set. */
async function describeWay(
  name: string,
  variable: string,
  url: string,
  { ok, latencyMs, reason, says, advice }: HealthResult,
): Promise<{ name: string } & Finding> {
  if (ok) return { name, status: "ok", says: `${variable} answers in ${latencyMs} ms` };
  const host = reason === "connect_failed" ? await adviseOnHost(url) : undefined;
  return {
    name,
    status: "fail",
    says: `${variable} does not answer: ${says ?? reason ?? "other"}`,
    todo: host ?? advice ?? adviceFor(reason),
  };
}

/** A check that cannot be made is a finding, and the next one follows. */
async function guarded(check: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    const words = describeServerWords(error);
    return {
      status: "fail",
      says: words === undefined ? says : `${says}: ${words}`,
      todo: findDatabaseError(error)?.advice ?? adviceFor(undefined),
    };
  }
}

function describe({ name, status, says, todo }: { name: string } & Finding): string {
  const advice = todo === undefined ? "" : `\n${" ".repeat(20)}→ ${todo}`;
  return `${MARKS[status]}  ${name.padEnd(12)}  ${says}${advice}`;
}
