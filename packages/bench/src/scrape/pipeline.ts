import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { MAX_CONCURRENT_MAX } from "@scrapersky/api/contract";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue } from "@scrapersky/queue";
import { startBenchPostgres } from "../postgres.ts";
import { cpuSecondsBelow, cpuSecondsOf, peakRssMbOf } from "../process-times.ts";
import { createCaller, submit, untilEnded } from "../product.ts";
import { digitsOf, type Finish, folded, type Reads } from "./contender.ts";
import { CONTENDER_CORE, spawnOn } from "./processes.ts";
import { measured } from "../env.ts";

const WORKER = join(import.meta.dirname, "../../../../apps/worker/src/main.ts");

/** What a site costs the database, beside what its worker takes. */
export interface StoredFinish extends Finish {
  serverCpuMsPerSite: number;
  /** Tables and their indexes, everything a visit leaves there. */
  bytesPerSite: number;
}

/**
 * The product itself: the real worker claims, scrapes, stores and counts until a batch ends. A first batch of other sites
 * warms it up, and what it stored of them goes to `judge`.
 */
export async function runPipeline(
  course: {
    warmup: string[];
    names: string[];
    allowFile: string;
    pages: number;
    concurrency: number;
  },
  judge: (reads: Reads) => void,
): Promise<StoredFinish> {
  const postgres = await startBenchPostgres();
  const database = createDatabase({
    url: postgres.url,
    max: 4,
    applicationName: "scrapersky-bench",
  });
  const queue = createQueue(database);
  try {
    await migrate({ url: postgres.url });
    await installQueue(database);
    const caller = await createCaller(database, queue);
    const worker = spawnOn(CONTENDER_CORE, [WORKER], {
      ...measured,
      DATABASE_URL: postgres.url,
      WORKER_CONCURRENCY: String(course.concurrency),
      SCRAPER_SITES_FILE: course.allowFile,
      SCRAPER_DELAY_MS: "0",
      LOG_LEVEL: "info",
    });
    const ended = once(worker, "close");
    const runBatch = async (domains: string[]) => {
      // the worker is at so many sites; those of which it writes down what it found take a place of the batch, too
      const batch = { domains, maxPages: course.pages, maxConcurrent: MAX_CONCURRENT_MAX };
      const batchId = await submit(database, caller, batch);
      const status = await untilEnded(database, batchId, () => worker.exitCode !== null);
      if (status !== "complete") throw new Error(`The batch ended as ${status}, not complete.`);
    };
    try {
      // its first line says that it is about to claim; what follows is the batch
      await Promise.race([once(worker.stdout as NodeJS.ReadableStream, "data"), ended]);
      (worker.stdout as NodeJS.ReadableStream).resume();
      await delay(500);
      await runBatch(course.warmup);
      judge(await storedReads(database));
      const before = await countPages(database);
      const cpuBefore = cpuSecondsOf(worker.pid);
      const serverCpuBefore = cpuSecondsBelow(postgres.pid);
      const bytesBefore = await countBytes(database);
      const startedAt = performance.now();
      await runBatch(course.names);
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        pages: (await countPages(database)) - before,
        seconds,
        cpuSeconds: cpuSecondsOf(worker.pid) - cpuBefore,
        peakRssMb: peakRssMbOf(worker.pid),
        serverCpuMsPerSite:
          ((cpuSecondsBelow(postgres.pid) - serverCpuBefore) * 1000) / course.names.length,
        bytesPerSite: ((await countBytes(database)) - bytesBefore) / course.names.length,
      };
    } finally {
      worker.kill("SIGTERM");
      await ended;
    }
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function countPages(database: Database): Promise<number> {
  const row = await executeRawSqlOne<{ count: number }>(
    database.db,
    "select count(*)::int as count from pages",
  );
  return row?.count ?? 0;
}

async function countBytes(database: Database): Promise<number> {
  const row = await executeRawSqlOne<{ bytes: number }>(
    database.db,
    "select pg_database_size(current_database())::float8 as bytes",
  );
  return row?.bytes ?? Number.NaN;
}

interface StoredPage {
  domain: string;
  url: string;
  bytes: number;
  title: string | null;
  description: string | null;
  h1: string | null;
  canonical_url: string | null;
  meta_robots: string | null;
  language: string | null;
  schema_types: string[] | null;
  has_contact_form: boolean;
}

/** What is stored of all sites, as it was read. */
async function storedReads(database: Database): Promise<Reads> {
  const reads: Reads = {};
  const pages = await executeRawSql<StoredPage>(
    database.db,
    `select d.domain, p.url, (p.additional_json->>'bytes')::int as bytes, p.title, p.description, p.h1, p.canonical_url,
       p.meta_robots, p.additional_json->>'language' as language, p.schema_types, p.has_contact_form
     from pages p join domains d on d.id = p.domain_id`,
  );
  for (const page of pages) {
    const site = (reads[page.domain] ??= { pages: {} });
    site.pages[new URL(page.url).pathname] = {
      bytes: page.bytes,
      words: {
        title: folded(page.title),
        description: folded(page.description),
        h1: folded(page.h1),
        canonical: folded(page.canonical_url),
        robots: folded(page.meta_robots),
        language: folded(page.language),
        schemaTypes: [...new Set(page.schema_types ?? [])].toSorted(),
        hasForm: page.has_contact_form,
      },
    };
  }
  const found = await executeRawSql<{ domain: string; kind: string; value: string }>(
    database.db,
    `select d.domain, f.kind, f.value from domains d join (
       select domain_id, 'emails' as kind, email as value from app.lead_emails
       union all select domain_id, 'phones', e164 from app.lead_phones where not fax
       union all select domain_id, 'socials', url from app.lead_socials
     ) f on f.domain_id = d.id`,
  );
  for (const { domain, kind, value } of found) {
    const contacts = ((reads[domain] ??= { pages: {} }).contacts ??= {});
    if (kind === "emails") (contacts.emails ??= []).push(value);
    else if (kind === "phones") (contacts.phones ??= []).push(digitsOf(value));
    else (contacts.socials ??= []).push(value);
  }
  return reads;
}
