import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { copyOut, createDatabase, type Database } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import { type ApiProcess, seedDemo, startApiProcess } from "../api-process.ts";
import { startBenchPostgres } from "../postgres.ts";
import type { Report, Result } from "../report.ts";
import { fillJobs } from "./fill-jobs.ts";

const JOBS = 1_000_000;
const ROUNDS = 3;
const SAMPLE_MS = 50;
const MEGABYTE = 1024 * 1024;

/** How fast all jobs of a tenant leave over HTTP, beside COPY of the same query, and what that costs the API. */
export async function benchExport(scale: number): Promise<Report> {
  const postgres = await startBenchPostgres();
  let api: ApiProcess | undefined;
  let database: Database | undefined;
  try {
    await migrate({ url: postgres.url });
    database = createDatabase({ url: postgres.url, max: 2 });
    await installQueue(database);
    const apiKey = await seedDemo(postgres.url);
    const count = Math.round(JOBS * scale);
    const tenantId = await fillJobs(database, count);
    api = await startApiProcess(postgres.url);
    const download = downloadOf(api, apiKey);
    // Warms the code paths, as a server in use would be.
    await download("/api/v3/export/jobs.csv?status=failed");
    const copies: Download[] = [];
    const exports: Download[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      copies.push(await copyJobs(database, tenantId));
      exports.push(await download("/api/v3/export/jobs.csv"));
    }
    const [copied, sent] = [copies[0]!, exports[0]!];
    if (copied.lines !== sent.lines) {
      throw new Error(`COPY gave ${copied.lines} lines and the export ${sent.lines}`);
    }
    const others = {
      "CSV, packed": await download("/api/v3/export/jobs.csv", { "accept-encoding": "gzip" }),
      NDJSON: await download("/api/v3/export/jobs.ndjson"),
      workbook: await download("/api/v3/export/jobs.xlsx"),
    };
    return toReport(count, copies, exports, others);
  } finally {
    await api?.stop();
    await database?.close();
    await postgres.stop();
  }
}

interface Download {
  seconds: number;
  firstByteMs: number;
  bytes: number;
  /** Ends of lines, where it is a text. */
  lines: number;
  /** How much larger than before the process was at most. */
  growthMb: number;
}

const countLines = (piece: Buffer): number => {
  let lines = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
  return lines;
};

const sizeOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

const downloadOf =
  ({ origin, pid }: ApiProcess, apiKey: string) =>
  async (path: string, more: Record<string, string> = {}): Promise<Download> => {
    const before = sizeOf(pid);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, sizeOf(pid))), SAMPLE_MS);
    const startedAt = performance.now();
    const headers = { authorization: `Bearer ${apiKey}`, ...more };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(origin + path, { headers, agent: false }, resolve).once("error", reject);
    });
    if (answer.statusCode !== 200) throw new Error(`The export was refused: ${answer.statusCode}`);
    let [bytes, lines, firstByteMs] = [0, 0, 0];
    for await (const piece of answer as AsyncIterable<Buffer>) {
      if (bytes === 0) firstByteMs = performance.now() - startedAt;
      bytes += piece.length;
      lines += countLines(piece);
    }
    clearInterval(watch);
    const seconds = (performance.now() - startedAt) / 1000;
    return { seconds, firstByteMs, bytes, lines, growthMb: most - before };
  };

/** What the export tells, in one statement that has nothing to neutralise and nothing to resume. */
const copyOf = (tenantId: string): string => `copy (
  select s.domain, j.status, s.error_code, j.error, s.pages, s.attempt, j.result_data->>'final_url',
    b.batch_metadata->>'label', j.created_at, timezone('utc', j.started_at), timezone('utc', j.completed_at),
    case when j.started_at is not null and j.status <> 'pending'
      then extract(epoch from coalesce(j.completed_at, now()) - j.started_at)::float8 end,
    j.batch_id, j.domain_id, j.job_id
  from jobs j join app.scrape_jobs s on s.job_id = j.job_id left join batch_jobs b on b.batch_id = j.batch_id
  where j.tenant_id_uuid = '${tenantId}' and j.created_at <= timezone('utc', now())
  order by j.id desc
) to stdout (format csv, header)`;

async function copyJobs(database: Database, tenantId: string): Promise<Download> {
  const startedAt = performance.now();
  let [lines, firstByteMs] = [0, 0];
  const bytes = await copyOut(database.db, copyOf(tenantId), (piece) => {
    firstByteMs ||= performance.now() - startedAt;
    lines += countLines(piece);
  });
  return {
    seconds: (performance.now() - startedAt) / 1000,
    firstByteMs,
    bytes,
    lines,
    growthMb: 0,
  };
}

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

function toReport(
  count: number,
  copies: Download[],
  exports: Download[],
  others: Record<string, Download>,
): Report {
  const lineOf = (who: string, all: Download[]): Result[] => [
    { who, what: "all", value: median(all.map(({ seconds }) => seconds)), unit: "s" },
    { who, what: "size", value: median(all.map(({ bytes }) => bytes / MEGABYTE)), unit: "MB" },
    {
      who,
      what: "first byte",
      value: median(all.map(({ firstByteMs }) => firstByteMs)),
      unit: "ms",
    },
    { who, what: "growth", value: Math.max(...all.map(({ growthMb }) => growthMb)), unit: "MB" },
  ];
  const everything = [...exports, ...Object.values(others)];
  const seconds = (all: Download[]) => median(all.map((one) => one.seconds));
  return {
    name: "export",
    notes: [
      `${count.toLocaleString("en")} jobs of one tenant with 15 columns, newest first, over HTTP from the API in a process of its own.`,
      `COPY of the same query in one statement, ${ROUNDS} rounds in turn, medians; growth is that of the API's process over before.`,
    ],
    results: [
      ...lineOf("COPY", copies),
      ...lineOf("CSV", exports),
      ...Object.entries(others).flatMap(([who, one]) => lineOf(who, [one])),
    ],
    ratios: {
      exportVsCopy: seconds(copies) / seconds(exports),
      exportRowsPerSecond: count / seconds(exports),
      exportFirstByteMs: Math.max(...everything.map(({ firstByteMs }) => firstByteMs)),
      exportGrowthMb: Math.max(...everything.map(({ growthMb }) => growthMb)),
    },
  };
}
