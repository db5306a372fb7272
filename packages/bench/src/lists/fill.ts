import { type Database, executeRawSql } from "@scrapersky/db";
import { fillDomains } from "./fill-domains.ts";
import { fillLeads } from "./fill-leads.ts";
import { fillWork } from "./fill-work.ts";
import type { Sizes } from "./sizes.ts";

/** Fills a migrated, empty database: minutes at the largest size. */
export async function fill({ db }: Database, sizes: Sizes, log: (line: string) => void) {
  for (const { id, slug } of sizes.tenants) {
    await executeRawSql(db, "insert into tenants (id, name) values (:id::uuid, :slug)", {
      id,
      slug,
    });
    await executeRawSql(
      db,
      "insert into app.tenant_slugs (tenant_id, slug) values (:id::uuid, :slug)",
      { id, slug },
    );
  }
  for (const [what, work] of [
    ["sites, their pages and contacts", () => fillDomains(db, sizes)],
    ["batches and their jobs", () => fillWork(db, sizes)],
    ["leads", () => fillLeads(db, sizes)],
    ["statistics", () => executeRawSql(db, "vacuum analyze")],
  ] as const) {
    const startedAt = performance.now();
    await work();
    log(`${what}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
}
