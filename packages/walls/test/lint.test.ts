import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plant, runTool } from "./plant.ts";

type Files = Record<string, string>;

/**
 * Wall → files that break it, and files like them that keep to it. Names are those of real files, and of what
 * somebody in a hurry would call one: a wall that looks for a suffix alone is one that nobody meets.
 */
const walls: Record<string, { broken: Files; kept: Files }> = {
  "walls(import-arrows)": {
    broken: {
      "packages/scraper/src/scrape.ts": `import { createDatabase } from "@scrapersky/db";\nvoid createDatabase;`,
      "packages/scraper/src/crawl/home.ts": `import type { JobStatus } from "@scrapersky/api/contract";\nexport type A = JobStatus;`,
      "packages/queue/src/queue.ts": `export * from "@scrapersky/api/services";`,
      "packages/queue/src/give-back.ts": `export * from "../../db/src/index.ts";`,
      "packages/db/src/migrate.ts": `import postgres from "postgres";\nvoid import("@scrapersky/queue");\nvoid postgres;`,
      "packages/outcome/src/outcome.ts": `import type { Tx } from "@scrapersky/db";\nexport type A = Tx;`,
      "apps/worker/src/worker.ts": `import { appRouter } from "@scrapersky/api";\nvoid appRouter;`,
      "apps/worker/src/main.ts": `import { startSites } from "@scrapersky/testing/sites";\nvoid startSites;`,
      "apps/worker/src/claim.step.ts": `import { sql } from "drizzle-orm";\nvoid sql;`,
      "apps/web/src/batch/batch-view.tsx": `import { appRouter } from "@scrapersky/api";\nvoid appRouter;`,
      "apps/web/src/job/job-view.tsx": `import type { Tx } from "@scrapersky/db";\nexport type A = Tx;`,
      "apps/api/src/main.ts": `import { scrape } from "@scrapersky/scraper";\nvoid scrape;`,
      "apps/api/src/server.ts": `import postgres from "postgres";\nvoid postgres;`,
      "packages/api/src/job/record-outcome.ts": `import type { Limits } from "@scrapersky/scraper";\nexport type A = Limits;`,
      "packages/api/src/batch/plan-jobs.ts": `import { PgBoss } from "pg-boss";\nvoid PgBoss;`,
      "packages/api/test/world.ts": `import postgres from "postgres";\nvoid postgres;`,
      "packages/db/src/session/errors/advice.ts": `export { currentTags } from "../sql/tags.ts";`,
      "packages/db/src/session/sql/parameters.ts": `import type { Pool } from "../pool/pool.ts";\nexport type A = Pool;`,
      "packages/db/src/session/config/mode.ts": `import { Slot } from "../wire/slot.ts";\nvoid Slot;`,
      "packages/db/src/session/wire/slot.ts": `import type { Handle } from "../scope/handle.ts";\nexport type A = Handle;`,
      "packages/db/src/session/pool/pool.ts": `import type { Database } from "../database.ts";\nexport type A = Database;`,
      "packages/db/src/session/scope/handle.ts": `export const built = () => import("../drizzle/drizzle.ts");`,
      "packages/db/src/session/elsewhere/text.ts": `import { DatabaseError } from "../errors/database-error.ts";\nvoid DatabaseError;`,
      "packages/db/src/session/drizzle/dialect.ts": `import { text } from "../elsewhere/text.ts";\nvoid text;`,
      "packages/api/src/batch/test/plan.ts": `import { startSites } from "@scrapersky/testing/sites";\nvoid startSites;`,
    },
    kept: {
      "packages/db/src/session/wire/driver.ts": `import postgres from "postgres";\nvoid postgres;`,
      "packages/db/src/session/drizzle/column-values.ts": `import { Handle } from "../scope/handle.ts";\nvoid Handle;`,
      "packages/db/src/session/database.ts": `import { buildOn } from "./drizzle/drizzle.ts";\nvoid buildOn;`,
      "packages/db/src/migration/lock.ts": `import { executeRawSql } from "../session/scope/raw-sql.ts";\nvoid executeRawSql;`,
      "packages/api/src/job/failure-sentences.ts": `import { FailureReasons } from "@scrapersky/outcome";\nvoid FailureReasons;`,
      "apps/web/src/trpc/router.ts": `import type { AppRouter } from "@scrapersky/api";\nexport type A = AppRouter;`,
      "apps/web/src/batch/line-lists.tsx": `import { domainName } from "@scrapersky/api/contract";\nvoid domainName;`,
      "apps/worker/test/harness.ts": `import { startSites } from "@scrapersky/testing/sites";\nvoid startSites;`,
    },
  },
  "walls(transaction-at-edges)": {
    broken: {
      "packages/api/src/batch/create-batch.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/api/src/batch/cancel-batch.rule.ts": `export const cancel = (db: any) => db?.["transaction"](() => 1);`,
      "packages/api/src/job/start-jobs.ts": `export const start = ({ transaction }: any) => transaction(() => 1);`,
      "packages/api/src/job/release-job.ts": `export const begin = (db: any) => db.transaction.bind(db);`,
      "packages/api/src/trpc/trpc.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/api/src/jobs.router.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/queue/src/scrapes.router.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/scraper/src/crawl/crawl.step.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "apps/api/src/auth/auth.ts": `export const create = (sql: any) => sql.begin(() => 1);`,
      "apps/worker/src/worker.ts": `export const create = (db: any) => db.transaction(() => 1);`,
    },
    kept: {
      "packages/api/src/batch/batch.router.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "apps/api/src/auth/use-link.step.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "apps/worker/src/record.step.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "apps/cli/src/db/seed.step.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/api/test/invariants.test.ts": `export const create = (db: any) => db.transaction(() => 1);`,
    },
  },
  "walls(env-in-env-file)": {
    broken: {
      "apps/api/src/main.ts": `export const port = process.env["PORT"];`,
      "apps/api/src/server.ts": `import { env } from "node:process";\nexport const port = env["PORT"];`,
      "apps/api/src/app.ts": `import surroundings from "node:process";\nexport const port = surroundings.env["PORT"];`,
      "apps/worker/src/worker.ts": `const here = process;\nexport const port = here.env["PORT"];`,
      "packages/db/src/session/config/config.ts": `const { env } = process;\nexport const url = env["DATABASE_URL"];`,
      "packages/api/src/batch/env.ts": `export const most = process.env["BATCH_DOMAINS_MAX"];`,
      "packages/api/src/batch/plan-jobs.ts": `export const most = process.env["BATCH_DOMAINS_MAX"];`,
      "apps/web/src/forward.ts": `export const port = globalThis.process.env["PORT"];`,
    },
    kept: {
      "apps/api/src/env.ts": `export const port = process.env["PORT"];`,
      "apps/local/bin/env.mjs": `export const environment = process.env;`,
      "packages/db/test/session/environment.test.ts": `export const url = process.env["TEST_URL"];`,
    },
  },
  "walls(no-sql-here)": {
    broken: {
      "apps/web/src/job/job-view.tsx": `export const text = "select id from jobs";`,
      "apps/api/src/rest/v3-routes.ts": `export const text = "with page as materialized (select 1) select * from page";`,
      "apps/worker/src/claim.step.ts": `import { executeRawSql } from "@scrapersky/db";\nvoid executeRawSql;`,
      "packages/client/src/index.ts":
        "export const text = (id: string) => `delete from jobs where id = ${id}`;",
      "packages/api/src/job/job.router.ts": "export const make = (sql: any) => sql`select 1`;",
      "packages/api/src/batch/batch.router.ts":
        "export const text = (columns: string) => `select ${columns} from jobs`;",
      "packages/api/src/batch/batch.contract.ts": `export const text = "update jobs set status = 'failed'";`,
      "packages/api/src/trpc/trpc.ts": `export const text = "select id from profiles";`,
    },
    kept: {
      "apps/web/src/batch/list-field.tsx": `export const text = "Select the domains from which to start";`,
      "packages/api/src/job/get-job.ts": `import { executeRawSql } from "@scrapersky/db";\nvoid executeRawSql;\nexport const text = "select id from jobs";`,
      "apps/worker/src/lost.step.ts": `import { type Db, findDatabaseError } from "@scrapersky/db";\nexport const a = (db: Db) => findDatabaseError(db);`,
    },
  },
  "walls(contract-is-browser-safe)": {
    broken: {
      "packages/api/src/job/job.contract.ts": `import { sql } from "drizzle-orm";\nexport const one = sql;`,
      "packages/api/src/batch/batch.contract.ts": `import { planJobs } from "./plan-jobs.ts";\nexport const one = planJobs;`,
      "packages/api/src/batch/batch.state.ts": `import { randomUUID } from "node:crypto";\nexport const one = randomUUID;`,
      "packages/api/src/contract.ts": `export * from "./batch/create-batch.ts";`,
      "packages/api/src/status.ts": `export { isUuid } from "./identifier.ts";`,
      "packages/api/src/batch/batch-list.contract.ts": `import { BATCH_STATUSES } from "../status.ts";\nexport const one = BATCH_STATUSES;`,
      "packages/api/src/list/list.contract.ts": `import { z } from "zod";\nexport const one = z.string();`,
      "packages/api/src/lists.contract.ts": `export * from "./job/job.contract.ts";`,
      "packages/api/src/domain/domain-name.ts": `import { domainToASCII } from "node:url";\nexport const one = domainToASCII;`,
      "packages/api/src/intake/read-list.ts": `import { z } from "zod";\nexport const one = z.string();`,
      "packages/outcome/src/codes.ts": `import { setTimeout } from "node:timers/promises";\nexport const one = setTimeout;`,
    },
    kept: {
      "packages/api/src/domain/domain.contract.ts": `import { z } from "zod";\nimport { A } from "../status.ts";\nexport const one = z.enum(A);`,
      "packages/api/src/job/job-list.contract.ts": `import { text } from "../list/list.contract.ts";\nimport { A } from "../wire.contract.ts";\nimport type { JobStatus } from "../status.ts";\nexport const one: [JobStatus, unknown, unknown] = ["failed", text, A];`,
      "packages/api/src/job/job.state.ts": `import type { Tx } from "@scrapersky/db";\nexport type One = Tx;`,
      "packages/api/src/domain/readable-name.ts": `import { domainToUnicode } from "node:url";\nexport const one = domainToUnicode;`,
      "packages/outcome/src/index.ts": `export { FailureReasons } from "./codes.ts";`,
    },
  },
  "walls(service-knows-no-edge)": {
    broken: {
      "packages/api/src/batch/create-batch.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
      "packages/api/src/batch/cancel-batch.rule.ts": `import { TRPCError } from "@trpc/server";\nexport const two = TRPCError;`,
      "packages/api/src/batch/create-batch.router.helper.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
      "packages/api/src/job/get-job.ts": `export { tracked } from "@trpc/server";`,
      "packages/api/src/job/list-jobs.ts": `export const one = () => import("@trpc/server");`,
      "packages/api/src/job/job.state.ts": `import type { inferRouterInputs } from "@trpc/server";\nexport type Two<T extends never> = inferRouterInputs<T>;`,
      "packages/api/src/profile/find-person.ts": `import type { Context } from "../trpc/context.ts";\nexport type One = Context;`,
      "packages/api/src/audit/record-audit.ts": `import { jobRouter } from "../job/job.router.ts";\nexport const one = jobRouter;`,
      "packages/api/src/errors/domain-error.ts": `import { HTTPException } from "hono/http-exception";\nexport const one = HTTPException;`,
      "packages/api/src/services.ts": `export { proceduresFor } from "./router.ts";`,
      "packages/api/src/demo/seed-demo.ts": `import { toTrpcError } from "../errors/error-mapping.ts";\nexport const one = toTrpcError;`,
    },
    kept: {
      "packages/api/src/profile/profile.router.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
      "packages/api/src/trpc/context.ts": `import { initTRPC } from "@trpc/server";\nexport const one = initTRPC;`,
      "packages/api/src/errors/error-mapping.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
      "packages/api/src/job/record-lost.ts": `import { DomainError } from "../errors/domain-error.ts";\nexport const one = DomainError;`,
      "packages/api/src/errors/error-mapping.test.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
    },
  },
  "walls(words-decide-nothing)": {
    broken: {
      "packages/scraper/src/crawl/home.ts": `export const passes = (problem: any) => problem.detail.startsWith("5");`,
      "packages/scraper/src/scrape.ts": `export const place = (home: any) => new URL(home.detail);`,
      "packages/scraper/src/fetch/failure.ts": `export const gone = (error: any) => /ENOTFOUND/.test(error.message);`,
      "packages/api/src/job/record-outcome.ts": `export const late = ({ message }: any) => message.toLowerCase().includes("in time");`,
      "packages/api/src/errors/error-mapping.ts": `export const busy = (error: any) => error?.message === "busy";`,
      "apps/worker/src/record.step.ts": `export const place = (outcome: any) => URL.canParse(outcome.message);`,
      "apps/worker/src/lost.step.ts": `export const kind = (fault: any) => {\n  switch (fault.message) {\n    default:\n      return 1;\n  }\n};`,
      "packages/queue/src/adapter.ts": `export const code = (error: any) => error.message.match(/[0-9]+/);`,
    },
    kept: {
      "packages/scraper/src/crawl/robots.ts": `export const passes = (problem: any) => problem.status >= 500 || problem.code.startsWith("dns");`,
      "packages/scraper/src/crawl/crawl.ts": `export const say = ({ detail }: any) => (detail === "" ? "no words" : detail.slice(0, 200));`,
      "packages/db/src/session/errors/pooler-errors.ts": `export const said = (error: any) => /max client/.test(error.message);`,
      "packages/scraper/test/hard-cases.test.ts": `export const said = (outcome: any) => outcome.message.includes("404");`,
    },
  },
  "walls(raw-sql-is-defined)": {
    broken: {
      "packages/api/src/job/find-job.ts": `import { executeRawSql } from "@scrapersky/db";\nexport const find = (on: any) => executeRawSql(on, "select id from jobs");`,
      "packages/api/src/job/count-jobs.ts": `import { executeRawSqlOne } from "@scrapersky/db";\nconst TEXT = "select count(*) from jobs";\nexport const count = (on: any) => executeRawSqlOne(on, TEXT);`,
      "packages/api/src/job/remove-jobs.ts": `import * as db from "@scrapersky/db";\nexport const remove = (on: any, ids: string) => db.executeRawSql(on, \`delete from jobs where id in (\${ids})\`);`,
      "packages/api/src/job/sort-jobs.ts": `import { defineStatement, executeRawSql } from "@scrapersky/db";\nexport const sort = (on: any, column: string) => {\n  const sorted = defineStatement(\`select id from jobs order by \${column}\`);\n  return executeRawSql(on, sorted);\n};`,
      "packages/api/src/job/rank-jobs.ts": `import { defineStatement, executeRawSql } from "@scrapersky/db";\nconst by = (column: string) => defineStatement(\`select id from jobs order by \${column}\`);\nexport const rank = (on: any, column: string) => executeRawSql(on, by(column));`,
      "packages/api/src/job/hide-job.ts": `import { executeRawSql as run } from "@scrapersky/db";\nexport const hide = (on: any) => run(on, "update jobs set error = null");`,
      "packages/api/src/job/lock-job.ts": `export const lock = (tx: any) => tx.execute("lock table jobs");`,
      "packages/api/src/batch/mix-batch.ts": `import { defineStatement, executeRawSql } from "@scrapersky/db";\nconst ALL = { one: defineStatement("select 1 as one"), two: "select 2" };\nexport const mix = (on: any) => executeRawSql(on, ALL.two);`,
      "apps/cli/src/db/doctor/server.ts": `import { executeRawSqlOne } from "@scrapersky/db";\nexport const version = (on: any) => executeRawSqlOne(on, "select version()");`,
      "packages/api/src/job/job-columns.ts": `import { sql } from "drizzle-orm";\nexport const PAGES = sql<number>\`1\`;`,
      "packages/queue/src/hold.ts": `import { executeRawSql } from "@scrapersky/db";\nimport { TEXT } from "./texts.ts";\nexport const hold = (on: any) => executeRawSql(on, TEXT);`,
    },
    kept: {
      "packages/api/src/job/read-job.ts": `import { defineStatement, executeRawSql } from "@scrapersky/db";\nconst one = defineStatement("select 1 as one", { one: "int4" });\nconst two = defineStatement("select 2 as one", { one: "int4" });\nexport const read = (on: any, first: boolean) => executeRawSql(on, first ? one : two);`,
      "packages/api/src/job/close-job.ts": `import { defineStatement, executeRawSql } from "@scrapersky/db";\nconst closeBy = (move: "fail" | "end") => defineStatement(\`update jobs set status = '\${move}'\`);\nconst CLOSE = { fail: closeBy("fail"), end: closeBy("end") };\nexport const close = (on: any, move: "fail" | "end") => executeRawSql(on, CLOSE[move]);`,
      "packages/api/src/job/job-pages.ts": `import { expression } from "@scrapersky/db";\nimport { sql } from "drizzle-orm";\nexport const PAGES = expression("int4")\`1\`;\nexport const FEW = sql\`pages < 2\`;`,
      "packages/queue/src/adapter.ts": `import { executeForLibrary } from "@scrapersky/db";\nexport const run = (on: any, text: string) => executeForLibrary(on, text);`,
      "packages/api/test/world.ts": `import { executeRawSql } from "@scrapersky/db";\nexport const rows = (on: any, text: string) => executeRawSql(on, text);`,
      "packages/db/src/migration/lock.ts": `import { executeRawSql } from "../session/scope/raw-sql.ts";\nexport const lock = (on: any) => executeRawSql(on, "select 1");`,
    },
  },
  "walls(test-keeps-no-time)": {
    broken: {
      "packages/scraper/test/t.test.ts": `export const took = (since: number) => performance.now() - since;`,
      "packages/scraper/test/u.test.ts": `export const used = () => process.cpuUsage();`,
      "packages/queue/test/t.test.ts": `import { setTimeout } from "node:timers/promises";\nawait setTimeout(50);`,
      "apps/api/test/t.test.ts": `import { expect, vi } from "vitest";\nawait vi.waitFor(() => expect(1).toBe(1), 10);`,
      "apps/worker/test/t.test.ts": `import { expect } from "vitest";\nawait expect.poll(() => 1, { timeout: 20 }).toBe(1);`,
    },
    kept: {
      "packages/scraper/test/v.test.ts": `import { vi } from "vitest";\nvi.useFakeTimers();\nexport const at = () => performance.now();`,
      "packages/queue/test/v.test.ts": `import { expect } from "vitest";\nawait expect.poll(() => 1, { interval: 5 }).toBe(1);`,
      "packages/bench/src/v.ts": `export const took = (since: number) => performance.now() - since;`,
    },
  },
  "typescript(no-floating-promises)": {
    broken: { "apps/api/src/p.ts": `export const go = () => {\n  Promise.resolve(1);\n};` },
    kept: {
      "apps/api/src/q.ts": `export const go = async () => {\n  await Promise.resolve(1);\n};`,
    },
  },
  "import(no-cycle)": {
    broken: {
      "packages/queue/src/y.ts": `import { z } from "./z.ts";\nexport const y = () => z;`,
      "packages/queue/src/z.ts": `import { y } from "./y.ts";\nexport const z = () => y;`,
    },
    kept: { "packages/queue/src/w.ts": `export const w = 1;` },
  },
};

interface Diagnostic {
  code: string;
  filename: string;
}

describe("each wall refuses what is planted against it and lets its lawful twin pass", () => {
  let copy: string;
  let diagnostics: Diagnostic[] = [];

  beforeAll(async () => {
    const files: Files = {};
    for (const wall of Object.values(walls)) {
      for (const [path, text] of Object.entries({ ...wall.broken, ...wall.kept })) {
        // A file may stand before several walls: each text is a part of it.
        files[path] = files[path] === undefined ? text : `${files[path]}\n${text}`;
      }
    }
    copy = await plant(files);
    const { exitCode, output } = await runTool(copy, "oxlint", ["--format=json"]);
    expect(exitCode).toBe(1);
    diagnostics = (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
  });
  afterAll(() => rm(copy, { recursive: true }));

  const refused = (code: string, path: string) =>
    diagnostics.some((found) => found.code === code && found.filename === path);

  for (const [code, { broken, kept }] of Object.entries(walls)) {
    test.each(Object.keys(broken))(`${code} refuses %s`, (path) => {
      expect(refused(code, path)).toBe(true);
    });
    test.each(Object.keys(kept))(`${code} lets %s pass`, (path) => {
      expect(refused(code, path)).toBe(false);
    });
  }
});
