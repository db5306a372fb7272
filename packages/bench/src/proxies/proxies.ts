import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { findFreePort } from "@scrapersky/embedded";
import {
  caddySample,
  nginxSample,
  prepareProxies,
  startCaddy,
  startNginx,
} from "@scrapersky/embedded/fixtures";
import { installQueue } from "@scrapersky/queue";
import { Pool } from "undici";
import { seedDemo, startApiProcess } from "../api-process.ts";
import { startBenchPostgres } from "../postgres.ts";
import type { Report, Result } from "../report.ts";

const ROUNDS = 5;
const ALONE = { callers: 1, requests: 400 };
const TOGETHER = { callers: 32, requests: 4_000 };
const PATH = "/api/v3/profiles";
const READY_TRIES_MAX = 200;
const DIRECT = "the api itself";

/** What a proxy before the API costs a request, with the samples that are shipped. */
export async function benchProxies(scale: number): Promise<Report> {
  if (!(await prepareProxies())) throw new Error("Needs nginx and Caddy: install them first.");
  const ends: (() => unknown)[] = [];
  try {
    const postgres = await startBenchPostgres();
    ends.push(() => postgres.stop());
    await migrate({ url: postgres.url });
    const database = createDatabase({ url: postgres.url, max: 2 });
    await installQueue(database);
    await database.close();
    const apiKey = await seedDemo(postgres.url);
    const api = await startApiProcess(postgres.url);
    ends.push(() => api.stop());
    const folder = await mkdtemp(join(tmpdir(), "scrapersky-bench-"));
    ends.push(() => rm(folder, { recursive: true }));
    const nobody = await findFreePort();
    const portsAt = (listen: number) => {
      const own = Number(new URL(api.origin).port);
      return { listen, apis: [own, own], web: nobody } as const;
    };
    const [nginxPort, caddyPort] = [await findFreePort(), await findFreePort()];
    const nginx = await startNginx(await nginxSample(portsAt(nginxPort)), folder);
    ends.push(() => nginx.stop());
    const caddy = await startCaddy(await caddySample(portsAt(caddyPort)), folder);
    ends.push(() => caddy.stop());
    const contenders = {
      [DIRECT]: api.origin,
      nginx: `http://127.0.0.1:${nginxPort}`,
      Caddy: `http://127.0.0.1:${caddyPort}`,
    };
    for (const origin of Object.values(contenders)) await untilReady(origin);
    return toReport(await measureAll(contenders, apiKey, scale), scale);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function untilReady(origin: string): Promise<void> {
  for (let tries = 0; tries < READY_TRIES_MAX; tries++) {
    const ready = await fetch(`${origin}/health/ready`).catch(() => undefined);
    await ready?.arrayBuffer();
    if (ready?.ok) return;
    await delay(50);
  }
  throw new Error(`Nothing is ready at ${origin}.`);
}

interface Measured {
  /** Milliseconds of single requests, sorted. */
  times: number[];
  /** Requests a second of many callers, one figure a round, sorted. */
  rates: number[];
}

const scaled = ({ callers, requests }: typeof ALONE, scale: number) => ({
  callers,
  requests: Math.ceil(requests * scale),
});

/** In turn, so that what else the machine does falls on all of them. */
async function measureAll(
  contenders: Record<string, string>,
  apiKey: string,
  scale: number,
): Promise<Map<string, Measured>> {
  const found = new Map<string, Measured>();
  for (const who of Object.keys(contenders)) found.set(who, { times: [], rates: [] });
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [who, origin] of Object.entries(contenders)) {
      const alone = await ask(origin, apiKey, scaled(ALONE, scale));
      const together = await ask(origin, apiKey, scaled(TOGETHER, scale));
      // The first round warms the code.
      if (round === 0) continue;
      const measured = found.get(who)!;
      measured.times.push(...alone.times);
      measured.rates.push(together.rate);
    }
  }
  const byValue = (one: number, other: number) => one - other;
  for (const { times, rates } of found.values()) {
    times.sort(byValue);
    rates.sort(byValue);
  }
  return found;
}

/** As a program calls: connections are kept, and every answer is read to its end. */
async function ask(origin: string, apiKey: string, of: { callers: number; requests: number }) {
  const pool = new Pool(origin, { connections: of.callers });
  const headers = { authorization: `Bearer ${apiKey}` };
  const times: number[] = [];
  let left = of.requests;
  const startedAt = performance.now();
  const callers = Array.from({ length: of.callers }, async () => {
    while (left-- > 0) {
      const sentAt = performance.now();
      const { statusCode, body } = await pool.request({ path: PATH, method: "GET", headers });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${origin} answered ${statusCode}.`);
      times.push(performance.now() - sentAt);
    }
  });
  await Promise.all(callers);
  const rate = of.requests / ((performance.now() - startedAt) / 1000);
  await pool.close();
  return { times, rate };
}

const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function toReport(found: Map<string, Measured>, scale: number): Report {
  const results: Result[] = [];
  for (const [who, { times, rates }] of found) {
    results.push(
      { who, what: "one caller p50", value: at(times, 0.5), unit: "ms" },
      { who, what: "p95", value: at(times, 0.95), unit: "ms" },
      { who, what: `${TOGETHER.callers} callers`, value: at(rates, 0.5), unit: "requests/s" },
    );
  }
  const own = found.get(DIRECT)!;
  const ratios: Record<string, number> = {};
  for (const who of ["nginx", "Caddy"]) {
    const { times, rates } = found.get(who)!;
    const word = who.toLowerCase();
    ratios[`${word}AddsMsP50`] = at(times, 0.5) - at(own.times, 0.5);
    ratios[`${word}LatencyP50`] = at(times, 0.5) / at(own.times, 0.5);
    ratios[`${word}Throughput`] = at(rates, 0.5) / at(own.rates, 0.5);
  }
  return {
    name: "proxies",
    notes: [
      `GET ${PATH} with a key, ${ROUNDS} rounds in turn: ${scaled(ALONE, scale).requests} requests of one caller, then ${scaled(TOGETHER, scale).requests} of ${TOGETHER.callers}. The samples of deploy/ without TLS, everything on this machine.`,
    ],
    results,
    ratios,
  };
}
