import { readFileSync } from "node:fs";
import {
  createServiceKey,
  listBatches,
  listContacts,
  listJobs,
  listLeads,
  listPages,
  PERMISSIONS,
} from "@scrapersky/api/services";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { type ApiProcess, startApiProcess } from "../api-process.ts";
import type { Report } from "../report.ts";
import { explain } from "./explain.ts";
import { openFilled } from "./open-filled.ts";
import { type Question, questionsAbout } from "./questions.ts";
import { type Sizes, sizesAt } from "./sizes.ts";

const ROUNDS = 100;
const ROUNDS_HTTP = 60;
const LIMIT = 50;

/** How fast each list answers, in the database and over HTTP, in a tenant with more rows than any has. */
export async function benchLists(scale: number): Promise<Report> {
  const sizes = sizesAt(scale);
  const postgres = await openFilled("lists", scale, sizes);
  let api: ApiProcess | undefined;
  const times: number[] = [];
  const database = createDatabase({
    url: postgres.url,
    max: 1,
    hooks: [{ query: ({ durationMs }) => void times.push(durationMs) }],
  });
  try {
    const questions = questionsAbout(await findBatches(database, sizes));
    const tenantId = sizes.tenants[0]!.id;
    const key = await createKey(database, tenantId);
    api = await startApiProcess(postgres.url);
    const cpu = await watchServer(database);
    const measured: Measured[] = [];
    for (const question of questions) {
      const ask = askerOf(question, database, tenantId);
      const cursor = await walkTo(ask, question.deep ?? 0);
      await ask(cursor);
      times.length = 0;
      const before = cpu();
      for (let round = 0; round < ROUNDS; round++) await ask(cursor);
      const cpuMs = (cpu() - before) / ROUNDS;
      const db = p95(times);
      const http = p95(await overHttp(api, key, question, cursor));
      measured.push({ name: question.name, isSearch: isSearch(question), db, cpuMs, http });
    }
    const slowest = worstOf(measured, "db").name;
    const question = questions.find(({ name }) => name === slowest)!;
    console.log(
      `The plan of ${slowest}:\n${await explain(database, postgres.url, askerOf(question, database, tenantId))}`,
    );
    return toReport(sizes, measured);
  } finally {
    await api?.stop();
    await database.close();
    await postgres.stop();
  }
}

/** Batches of the largest tenant: one without failures, one with some, one of everyday size. */
async function findBatches({ db }: Database, { tenants, batches }: Sizes) {
  const own = batches.filter(({ tenantId }) => tenantId === tenants[0]!.id);
  const rows = await executeRawSql<{ label: string; batch_id: string }>(
    db,
    `select batch_metadata ->> 'label' as label, batch_id from batch_jobs where tenant_id = :tenantId::uuid`,
    { tenantId: tenants[0]!.id },
  );
  const idOf = (label: string | undefined) =>
    rows.find((row) => row.label === label)?.batch_id ?? "";
  return {
    clean: idOf(own[0]?.label),
    partial: idOf(own[1]?.label),
    usual: idOf(own[3]?.label),
  };
}

async function createKey({ db }: Database, tenantId: string): Promise<string> {
  const scopes = Object.keys(PERMISSIONS).filter((name) => !name.startsWith("platform:"));
  const author = { actor: null, source: "cli" } as const;
  const made = await db.transaction((tx) =>
    createServiceKey(tx, author, { tenantId, name: "bench", scopes }),
  );
  return made.key;
}

interface Measured {
  name: string;
  /** By three characters at least, of a name, an address or a number. */
  isSearch: boolean;
  db: number;
  /** Of the server's process for one answer, mean: a busy machine makes it larger, but not many times. */
  cpuMs: number;
  http: number;
}

const SEARCH_MIN = 3;

function isSearch({ input }: Question): boolean {
  const { q, contact } = input as { q?: string; contact?: string };
  return (q ?? contact ?? "").length >= SEARCH_MIN;
}

const worstOf = (measured: readonly Measured[], by: "db" | "http" | "cpuMs"): Measured =>
  measured.reduce((one, other) => (other[by] > one[by] ? other : one));

const NS_PER_MS = 1e6;

/** Milliseconds of processor time that the one connection's server process took so far; NaN where nobody tells. */
async function watchServer({ db }: Database): Promise<() => number> {
  const row = await executeRawSqlOne<{ pid: number }>(db, "select pg_backend_pid() as pid");
  return () => {
    try {
      const told = readFileSync(`/proc/${row?.pid}/schedstat`, "utf8");
      return Number(told.split(" ")[0]) / NS_PER_MS;
    } catch {
      return Number.NaN;
    }
  };
}

type Ask = (cursor?: string) => Promise<string | undefined>;

const RIGHTS = { mayReadContacts: true };

function askerOf({ list, input }: Question, { db }: Database, tenantId: string): Ask {
  const lists = {
    batches: listBatches,
    jobs: listJobs,
    leads: listLeads,
    contacts: listContacts,
    pages: listPages,
  };
  return async (cursor) => {
    const asked = { ...input, limit: LIMIT, cursor };
    const { nextCursor } = await lists[list](db, tenantId, asked as never, RIGHTS);
    return nextCursor ?? undefined;
  };
}

async function walkTo(ask: Ask, pages: number): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++) cursor = (await ask(cursor)) ?? cursor;
  return cursor;
}

/** Milliseconds of each answer, read to its end. */
async function overHttp(
  { origin }: ApiProcess,
  key: string,
  { list, input, name }: Question,
  cursor: string | undefined,
): Promise<number[]> {
  const asked = encodeURIComponent(JSON.stringify({ ...input, limit: LIMIT, cursor }));
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS_HTTP; round++) {
    const startedAt = performance.now();
    const answer = await fetch(`${origin}/api/trpc/${list}.list?input=${asked}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await answer.text();
    // The first one warms the way.
    if (round > 0) times.push(performance.now() - startedAt);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  }
  return times;
}

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * 0.95)] ?? Number.NaN;
}

function toReport({ tenants, batches }: Sizes, measured: readonly Measured[]): Report {
  const searches = measured.filter((one) => one.isSearch);
  const others = measured.filter((one) => !one.isSearch);
  const jobs = batches.reduce((sum, { size }) => sum + size, 0);
  const domains = tenants.reduce((sum, one) => sum + one.domains, 0);
  return {
    name: "lists",
    notes: [
      `${jobs.toLocaleString("en")} jobs and ${domains.toLocaleString("en")} leads of ${tenants.length} tenants; asked is the largest.`,
      `Slowest in the database: ${worstOf(others, "db").name}, of searches ${worstOf(searches, "db").name}; over HTTP: ${worstOf(measured, "http").name}; most processor time: ${worstOf(measured, "cpuMs").name}.`,
    ],
    results: measured.flatMap(({ name, db, cpuMs, http }) => [
      { who: name, what: "database p95", value: db, unit: "ms" },
      { who: name, what: "database CPU", value: cpuMs, unit: "ms" },
      { who: name, what: "HTTP p95", value: http, unit: "ms" },
    ]),
    ratios: {
      worstP95DbMs: worstOf(others, "db").db,
      worstSearchP95DbMs: worstOf(searches, "db").db,
      worstP95HttpMs: worstOf(measured, "http").http,
      worstDbCpuMs: worstOf(measured, "cpuMs").cpuMs,
      questionsAbove5DbMs: others.filter(({ db }) => db > 5).length,
    },
  };
}
