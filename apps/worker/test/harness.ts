import { randomUUID } from "node:crypto";
import {
  type Caller,
  cancelBatch,
  cancelJob,
  createBatch,
  createServiceKey,
  createWebhook,
  deleteBatch,
  pauseBatch,
  readGiven,
  resumeBatch,
  retryJob,
  testWebhook,
  withdrawPaused,
} from "@scrapersky/api/services";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { createQueue, type Queue } from "@scrapersky/queue";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";

export const WEBHOOKS_KEY = "what secrets of webhooks are made of in tests";

/** What a visit says of a site that answers with a fault. */
export const FAILED_SCRAPE = {
  kind: "failed",
  code: "http_error",
  message: "no",
  metrics: {
    requests: 1,
    pages: 0,
    bytes: 0,
    fetchMs: 1,
    parseMs: 0,
    httpStatus: 503,
    finalUrl: null,
  },
} as const;

/** A database with one tenant, and the product's own way to put batches into it. */
export interface Harness {
  url: string;
  database: Database;
  queue: Queue;
  tenantId: string;
  createBatch(
    domains: string[],
    options?: { maxPages?: number; maxConcurrent?: number },
  ): Promise<string>;
  /** @returns its id and secret */
  createWebhook(url: string): Promise<{ webhookId: string; secret: string }>;
  testWebhook(webhookId: string): Promise<void>;
  /** @returns the key of a program that may do this */
  createKey(scopes: string[]): Promise<string>;
  cancelBatch(batchId: string): Promise<void>;
  pauseBatch(batchId: string): Promise<void>;
  resumeBatch(batchId: string): Promise<void>;
  /** Deletes a batch that is over, and lets its removal be due. */
  deleteBatch(batchId: string): Promise<void>;
  /** The batch's job of this domain is cancelled, or runs again. */
  cancelJob(batchId: string, domain: string): Promise<void>;
  retryJob(batchId: string, domain: string): Promise<void>;
  batch(batchId: string): Promise<BatchRow>;
  /** How many of the batch's jobs have each status. */
  jobs(batchId: string): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export interface BatchRow {
  status: string;
  total_domains: number;
  completed_domains: number;
  failed_domains: number;
  progress: number;
  ended: boolean;
}

/** @param addressOf where the database with this name is reached; directly unless told otherwise */
export async function openHarness(addressOf?: (name: string) => string): Promise<Harness> {
  const testDatabase: TestDatabase = await createTestDatabase();
  const url = addressOf?.(testDatabase.name) ?? testDatabase.url;
  const database = createDatabase({ url, max: 10 });
  const queue = createQueue(database, { supervise: true, superviseSeconds: 1, tellWorkers: true });
  await queue.start();
  const tenantId = randomUUID();
  const profileId = randomUUID();
  await executeRawSql(
    database.db,
    "insert into tenants (id, name) values (:tenantId, 'Worker tests')",
    { tenantId },
  );
  await executeRawSql(
    database.db,
    "insert into app.tenant_slugs (tenant_id, slug) values (:tenantId, 'worker-tests')",
    { tenantId },
  );
  await executeRawSql(
    database.db,
    "insert into profiles (id, tenant_id, name) values (:profileId, :tenantId, 'Tess Ter')",
    {
      profileId,
      tenantId,
    },
  );
  const caller: Caller & { queue: Queue } = {
    actor: {
      id: profileId,
      kind: "person",
      name: null,
      email: null,
      tenantId,
      tenantSlug: "worker-tests",
      tenantName: "Worker tests",
      role: "owner",
      permissions: new Set(),
      apiKeyId: null,
    },
    requestId: "worker-tests",
    source: "trpc",
    queue,
  };
  const jobOf = async (batchId: string, domain: string): Promise<string> => {
    const row = await executeRawSqlOne<{ job_id: string }>(
      database.db,
      "select job_id from app.scrape_jobs where batch_id = :batchId and domain = :domain",
      { batchId, domain },
    );
    if (!row) throw new Error("the batch has no such domain");
    return row.job_id;
  };
  return {
    url,
    database,
    queue,
    tenantId,
    async createBatch(domains, { maxPages = 6, maxConcurrent = 20 } = {}) {
      const list = await readGiven({ domains });
      const created = await database.db.transaction((tx) =>
        createBatch(tx, caller, { domains, maxPages, maxConcurrent }, list),
      );
      return created.batchId;
    },
    createWebhook: (url) =>
      database.db.transaction((tx) =>
        createWebhook(
          tx,
          { ...caller, webhooksKey: WEBHOOKS_KEY },
          { url, events: ["batch.finished"], idempotencyKey: undefined },
        ),
      ),
    async testWebhook(webhookId) {
      await database.db.transaction((tx) =>
        testWebhook(tx, caller, { webhookId, idempotencyKey: undefined }),
      );
    },
    async createKey(scopes) {
      const author = { actor: null, source: "cli" as const };
      const made = await database.db.transaction((tx) =>
        createServiceKey(tx, author, { tenantId, name: "Worker tests", scopes }),
      );
      return made.key;
    },
    async cancelBatch(batchId) {
      await database.db.transaction((tx) => cancelBatch(tx, caller, batchId));
    },
    async pauseBatch(batchId) {
      await database.db.transaction((tx) => pauseBatch(tx, caller, batchId));
      await database.db.transaction((tx) => withdrawPaused(tx, queue, { batchId, tenantId }));
    },
    async resumeBatch(batchId) {
      await database.db.transaction((tx) => resumeBatch(tx, caller, batchId));
    },
    async deleteBatch(batchId) {
      await database.db.transaction((tx) => deleteBatch(tx, caller, batchId));
      await executeRawSql(
        database.db,
        "update app.batch_removals set due_at = now() where batch_id = :batchId",
        { batchId },
      );
    },
    async cancelJob(batchId, domain) {
      const jobId = await jobOf(batchId, domain);
      await database.db.transaction((tx) => cancelJob(tx, caller, jobId));
    },
    async retryJob(batchId, domain) {
      const jobId = await jobOf(batchId, domain);
      await database.db.transaction((tx) => retryJob(tx, caller, { jobId }));
    },
    async batch(batchId) {
      const row = await executeRawSqlOne<BatchRow>(
        database.db,
        `select status, total_domains, completed_domains, failed_domains, progress, end_time is not null as ended
         from batch_jobs where batch_id = :batchId`,
        { batchId },
      );
      if (!row) throw new Error("the batch is gone");
      return row;
    },
    async jobs(batchId) {
      const rows = await executeRawSql<{ status: string; count: number }>(
        database.db,
        "select status, count(*)::int as count from jobs where batch_id = :batchId group by status",
        { batchId },
      );
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
    async close() {
      await queue.stop();
      await database.close();
      await testDatabase.drop();
    },
  };
}
