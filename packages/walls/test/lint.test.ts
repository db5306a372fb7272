import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plant, runTool } from "./plant.ts";

/** Wall → files that break it, and files like them that keep to it. */
const walls: Record<string, { broken: Record<string, string>; kept: Record<string, string> }> = {
  "walls(import-arrows)": {
    broken: {
      "packages/scraper/src/a.ts": `import { createDatabase } from "@scrapersky/db";\nvoid createDatabase;`,
      "packages/queue/src/a.ts": `export * from "@scrapersky/api/services";`,
      "packages/db/src/a.ts": `import postgres from "postgres";\nvoid import("@scrapersky/queue");\nvoid postgres;`,
      "apps/worker/src/a.ts": `import { appRouter } from "@scrapersky/api";\nvoid appRouter;`,
      "apps/worker/src/b.ts": `import { startSites } from "@scrapersky/testing/sites";\nvoid startSites;`,
      "apps/web/src/a.ts": `import { appRouter } from "@scrapersky/api";\nvoid appRouter;`,
      "apps/web/src/b.ts": `import type { Tx } from "@scrapersky/db";\nexport type A = Tx;`,
      "apps/api/src/a.ts": `import { scrape } from "@scrapersky/scraper";\nvoid scrape;`,
      "apps/api/src/b.ts": `import postgres from "postgres";\nvoid postgres;`,
      "packages/api/src/b.ts": `import { PgBoss } from "pg-boss";\nvoid PgBoss;`,
      "apps/worker/src/c.ts": `import { sql } from "drizzle-orm";\nvoid sql;`,
      "packages/api/test/b.test.ts": `import postgres from "postgres";\nvoid postgres;`,
    },
    kept: {
      "packages/db/src/k.ts": `import postgres from "postgres";\nvoid postgres;`,
      "apps/web/src/k.ts": `import type { AppRouter } from "@scrapersky/api";\nexport type A = AppRouter;`,
      "apps/web/src/l.ts": `import { domainName } from "@scrapersky/api/contract";\nvoid domainName;`,
      "apps/worker/test/k.test.ts": `import { startSites } from "@scrapersky/testing/sites";\nvoid startSites;`,
    },
  },
  "walls(transaction-at-edges)": {
    broken: {
      "packages/api/src/batch/t.service.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/api/src/batch/u.service.ts": `export const create = (db: any) => db?.["transaction"](() => 1);`,
      "packages/api/src/batch/v.service.ts": `export const create = ({ transaction }: any) => transaction(() => 1);`,
      "apps/api/src/t.ts": `export const create = (sql: any) => sql.begin(() => 1);`,
      "apps/worker/src/t.ts": `export const create = (db: any) => db.transaction(() => 1);`,
    },
    kept: {
      "packages/api/src/batch/t.router.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "apps/worker/src/t.step.ts": `export const create = (db: any) => db.transaction(() => 1);`,
      "packages/api/test/t.test.ts": `export const create = (db: any) => db.transaction(() => 1);`,
    },
  },
  "walls(env-in-env-file)": {
    broken: {
      "apps/api/src/e.ts": `export const port = process.env["PORT"];`,
      "apps/api/src/f.ts": `import { env } from "node:process";\nexport const port = env["PORT"];`,
      "packages/db/src/e.ts": `const { env } = process;\nexport const url = env["DATABASE_URL"];`,
      "apps/web/src/e.ts": `export const port = globalThis.process.env["PORT"];`,
    },
    kept: {
      "apps/api/src/env.ts": `export const port = process.env["PORT"];`,
      "packages/db/test/e.test.ts": `export const url = process.env["TEST_URL"];`,
    },
  },
  "walls(no-sql-here)": {
    broken: {
      "apps/web/src/s.ts": `export const text = "select id from jobs";`,
      "packages/client/src/s.ts":
        "export const text = (id: string) => `delete from jobs where id = ${id}`;",
      "packages/api/src/job/s.router.ts": "export const make = (sql: any) => sql`select 1`;",
    },
    kept: {
      "apps/web/src/r.ts": `export const text = "Select the domains from which to start";`,
      "packages/api/src/job/s.service.ts": `export const text = "select id from jobs";`,
    },
  },
  "walls(contract-is-browser-safe)": {
    broken: {
      "packages/api/src/job/c.contract.ts": `import { sql } from "drizzle-orm";\nexport const one = sql;`,
    },
    kept: {
      "packages/api/src/job/d.contract.ts": `import { z } from "zod";\nexport const one = z.string();`,
    },
  },
  "walls(service-knows-no-edge)": {
    broken: {
      "packages/api/src/job/x.service.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
    },
    kept: {
      "packages/api/src/job/x.router.ts": `import { TRPCError } from "@trpc/server";\nexport const one = TRPCError;`,
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
    const files = Object.values(walls).flatMap((wall) => [
      ...Object.entries(wall.broken),
      ...Object.entries(wall.kept),
    ]);
    copy = await plant(Object.fromEntries(files));
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
