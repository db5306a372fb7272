import { adviceFor, createDatabase, findDatabaseError } from "@scrapersky/db";
import { type Command, EXIT } from "../command.ts";
import {
  checkClock,
  checkDriftHere,
  checkLimits,
  checkMigrations,
  checkPermissions,
  checkPooler,
  checkQueue,
  checkTls,
  checkVersions,
  checkWritable,
  type Examination,
  type Finding,
} from "./doctor-checks.ts";

const CHECKS: [name: string, check: (at: Examination) => Promise<Finding> | Finding][] = [
  ["tls", checkTls],
  ["pooler", checkPooler],
  ["mode", checkWritable],
  ["versions", checkVersions],
  ["limits", checkLimits],
  ["clock", checkClock],
  ["migrations", checkMigrations],
  ["queue", checkQueue],
  ["drift", checkDriftHere],
  ["permissions", checkPermissions],
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
    findings.push({
      name: "connection",
      ...(pooled.ok
        ? { status: "ok", says: `DATABASE_URL answers in ${pooled.latencyMs} ms` }
        : {
            status: "fail",
            says: `DATABASE_URL does not answer: ${pooled.reason ?? "other"}`,
            todo: adviceFor(pooled.reason),
          }),
    });
    if (env.migrationUrl !== env.url) {
      findings.push({
        name: "direct",
        ...(direct.ok
          ? { status: "ok", says: `DATABASE_MIGRATION_URL answers in ${direct.latencyMs} ms` }
          : {
              status: "fail",
              says: `DATABASE_MIGRATION_URL does not answer: ${direct.reason ?? "other"}`,
              todo: adviceFor(direct.reason),
            }),
      });
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

/** A check that cannot be made is a finding, and the next one follows. */
async function guarded(check: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { status: "fail", says, todo: adviceFor(findDatabaseError(error)?.kind) };
  }
}

function describe({ name, status, says, todo }: { name: string } & Finding): string {
  const advice = todo === undefined ? "" : `\n${" ".repeat(19)}→ ${todo}`;
  return `${MARKS[status]}  ${name.padEnd(11)}  ${says}${advice}`;
}
