import { executeForLibrary, executeRawSql } from "@scrapersky/db";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Scrape } from "../src/scrape-call.ts";
import { createWorker, type Worker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

let harness: Harness;
let worker: Worker;
let visits: string[];
let said: string[];

const metrics = {
  requests: 1,
  pages: 0,
  bytes: 10,
  fetchMs: 1,
  parseMs: 0,
  httpStatus: null,
  finalUrl: null,
};
const failing: Scrape = async () => ({
  kind: "failed",
  code: "dns_not_found",
  message: "No such name.",
  metrics,
});

beforeEach(async () => {
  harness = await openHarness();
  visits = [];
  said = [];
});
afterEach(async () => {
  await worker.stop(0);
  await harness.close();
});

function start() {
  worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    scrape: (domain, options) => {
      visits.push(domain);
      return failing(domain, options);
    },
    workerId: "refused",
    concurrency: 4,
    log: { info() {}, warn() {}, error: (detail) => void said.push(JSON.stringify(detail)) },
    intervals: { poll: 20, gather: 5, cancelled: 100, touch: 200, lost: 200 },
  });
  void worker.run();
}

/** What an owner's database may have: rules of its own that refuse what we store. */
const OBSTACLES = {
  "a domain unique over all tenants": {
    sql: `alter table domains add constraint uq_domains_domain unique (domain);
          insert into tenants (id, name) values ('00000000-0000-4000-8000-000000000001', 'First');
          insert into domains (tenant_id, domain) values
            ('00000000-0000-4000-8000-000000000001', 'taken.example')`,
    says: ["23505", "uq_domains_domain"],
  },
  "a rule about values": {
    sql: "alter table domains add constraint no_errors check (error_count = 0) not valid",
    says: ["23514", "no_errors"],
  },
  "a column that must be filled": {
    sql: "alter table domains add column owner text not null",
    says: ["23502", "domains"],
  },
  "a trigger that raises": {
    sql: `create function refuse() returns trigger language plpgsql as
            'begin raise exception ''not today''; end';
          create trigger refuse before insert on domains for each row execute function refuse()`,
    says: ["P0001"],
  },
};

test.each(Object.entries(OBSTACLES))(
  "%s ends the job after one visit",
  async (_name, { sql, says }) => {
    await executeForLibrary(harness.database.db, sql);
    const batchId = await harness.createBatch(["taken.example"]);
    start();
    await expect
      .poll(() => harness.batch(batchId))
      .toMatchObject({ ended: true, status: "failed", failed_domains: 1 });
    expect(visits).toEqual(["taken.example"]);
    expect(
      await executeRawSql(
        harness.database.db,
        `select s.error_code, j.status, j.domain_id,
           (select count(*)::int from app.job_attempts a where a.job_id = j.job_id) as attempts
         from jobs j join app.scrape_jobs s using (job_id)`,
      ),
    ).toEqual([{ error_code: "storage_failed", status: "failed", domain_id: null, attempts: 1 }]);
    expect(said).toHaveLength(1);
    for (const word of says) expect(said[0]).toContain(word);
    expect(said[0]).not.toMatch(/insert|00000000-0000/i);
  },
);
