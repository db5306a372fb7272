import { createDatabase, type HealthResult } from "@scrapersky/db";
import { describeWay, type Finding, guarded, SERVER_CHECKS } from "@scrapersky/db/findings";
import { type Command, EXIT } from "../../command.ts";
import type { Examination } from "./examination.ts";
import { checkExposure } from "./exposure.ts";
import { checkDriftHere, checkMigrations, checkQueue } from "./schema.ts";
import { checkSearch } from "./search.ts";
import { adviseOnHost, checkDirectWay, checkPooler, checkPoolSize, checkTls } from "./way.ts";

type Check = (at: Examination) => Promise<Finding> | Finding;

const { permissions, "row security": rowSecurity, ...ofServer } = SERVER_CHECKS;
const onServer = (checks: Partial<typeof SERVER_CHECKS>): Record<string, Check> =>
  Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, ({ database }) => check(database.db)]),
  );

const CHECKS: Record<string, Check> = {
  tls: checkTls,
  pooler: checkPooler,
  "pool size": checkPoolSize,
  ...onServer(ofServer),
  migrations: checkMigrations,
  queue: checkQueue,
  drift: checkDriftHere,
  search: checkSearch,
  ...onServer({ permissions, "row security": rowSecurity }),
  exposure: checkExposure,
};

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
    findings.push(await findWay("connection", "DATABASE_URL", env.url, pooled));
    if (env.migrationUrl !== env.url) {
      const way = await findWay("direct", "DATABASE_MIGRATION_URL", env.migrationUrl, direct);
      const through = direct.ok ? await checkDirectWay(env) : undefined;
      findings.push({ ...way, ...through });
    }
    for (const [name, check] of pooled.ok ? Object.entries(CHECKS) : []) {
      const found = await guarded(() => check({ env, database, pooler }), { tellsWords: true });
      findings.push({ name, ...found });
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
async function findWay(
  name: string,
  variable: string,
  url: string,
  result: HealthResult,
): Promise<{ name: string } & Finding> {
  const found = describeWay(variable, result);
  const host = result.reason === "connect_failed" ? await adviseOnHost(url) : undefined;
  return { name, ...found, ...(host === undefined ? {} : { todo: host }) };
}

function describe({ name, status, says, todo }: { name: string } & Finding): string {
  const advice = todo === undefined ? "" : `\n${" ".repeat(25)}→ ${todo}`;
  return `${MARKS[status]}  ${name.padEnd(17)}  ${says}${advice}`;
}
