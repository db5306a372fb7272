import { setTimeout as delay } from "node:timers/promises";
import { createClient, watchBatch } from "@scrapersky/client";
import { type Database, executeRawSqlOne } from "@scrapersky/db";
import { type ChaosSite, chaosSites } from "./chaos-sites.ts";
import { type Faults, findOrphans, judgeEnd } from "./checks.ts";
import type { Made } from "./processes.ts";
import { type RollingStand, startRollingStand } from "./rolling-stand.ts";

export interface RollingOptions {
  /** Of the batch that runs meanwhile. */
  domains: number;
  /** So often each API and each worker is restarted. */
  rounds: number;
  made: Made;
  /** Ends it early, and everything it started. */
  signal?: AbortSignal;
  /** A line whenever something was done. */
  tell?: (line: string) => void;
}

export interface RollingReport extends Faults {
  seconds: number;
  /** Requests that were answered. */
  requests: number;
  restarts: number;
  batches: number;
  jobs: number;
}

/** At once: three that read, one that creates a batch of one site. */
const CALLERS = 4;
/** Between two requests of a caller: what is shown is that none is lost, not how many fit. */
const BREATH_MS = 150;
/** More than are asked for in a round; when they are used up, all callers read. */
const CALLED_SITES = 1_000;
const LOOK_EVERY_MS = 200;
const ORDER = [0, 1] as const;

/** Two APIs and two workers, each restarted in its turn while everybody calls and a batch runs. */
export async function runRolling(options: RollingOptions): Promise<RollingReport> {
  const { domains, rounds, tell = () => {}, signal } = options;
  const sites = chaosSites(domains + rounds * CALLED_SITES);
  const stand = await startRollingStand(sites, options.made);
  const startedAt = performance.now();
  try {
    const client = createClient({ url: stand.urls[1], apiKey: stand.apiKey });
    const batchSites = sites.slice(0, domains);
    const { batchId } = await client.batches.create.mutate({
      domains: batchSites.map(({ name }) => name),
    });
    const watched = watchToEnd(client, batchId);
    const calls = startCalls(stand, sites.slice(domains));
    const wrong: string[] = [];
    try {
      for (let round = 1; round <= rounds; round++) {
        for (const which of ORDER) {
          for (const kind of ["api", "worker"] as const) {
            signal?.throwIfAborted();
            const served = calls.served();
            const ended = await stand.renew(kind, which);
            tell(
              `round ${round}: ${kind} ${which + 1}, ${calls.served() - served} requests meanwhile`,
            );
            if (ended !== 0) wrong.push(`${kind} ${which + 1} ended with ${ended}`);
          }
        }
      }
    } finally {
      await calls.stop();
    }
    const last = await watched;
    if (last !== "partial") wrong.push(`whoever watched was told ${last} at the end`);
    await untilAllEnded(stand.direct, signal);
    await stand.stopProduct();

    const faults: Faults = { lost: [], doubled: [], wrong };
    for (const [id, of] of [[batchId, batchSites] as const, ...calls.created]) {
      const { givenUp, ...end } = await judgeEnd(stand.direct, id, of);
      faults.lost.push(...end.lost);
      faults.doubled.push(...end.doubled);
      faults.wrong.push(...end.wrong, ...(givenUp > 0 ? [`${givenUp} sites were given up`] : []));
    }
    faults.wrong.push(...Array.from(calls.refusals, (refusal) => `a request got ${refusal}`));
    faults.wrong.push(...(await findOrphans(stand.direct)));
    const { lostAttempts, batches, jobs } = await countAll(stand.direct);
    if (lostAttempts > 0) faults.wrong.push(`${lostAttempts} claims were lost with their worker`);
    if (batches !== calls.created.size + 1)
      faults.wrong.push(`${batches} batches where ${calls.created.size + 1} were answered`);
    return {
      ...faults,
      seconds: (performance.now() - startedAt) / 1000,
      requests: calls.served(),
      restarts: rounds * 2 * ORDER.length,
      batches,
      jobs,
    };
  } finally {
    await stand.stop();
  }
}

/** Callers as programs are: no one asks twice, and every answer counts. Each asks by one proxy and by the other in turn. */
function startCalls({ urls, apiKey }: RollingStand, sites: ChaosSite[]) {
  const over = new AbortController();
  const created = new Map<string, ChaosSite[]>();
  /** What was not answered as it has to be, each once. */
  const refusals = new Set<string>();
  let served = 0;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const read = (url: string) => fetch(`${url}/api/v3/batches?limit=5`, { headers });
  const create = async (url: string, site: ChaosSite) => {
    const body = JSON.stringify({ domains: [site.name], max_pages: 10 });
    const init = { method: "POST", headers, body };
    const answer = await fetch(`${url}/api/v3/batch_page_scraper/batch`, init);
    if (answer.ok) {
      const { batch_id: id } = (await answer.clone().json()) as { batch_id: string };
      created.set(id, [site]);
    }
    return answer;
  };
  const callers = Array.from({ length: CALLERS }, async (_, at) => {
    for (let turn = at; !over.signal.aborted; turn++) {
      const url = urls[turn % 2]!;
      const site = at === 0 ? sites.pop() : undefined;
      try {
        const answer = await (site === undefined ? read(url) : create(url, site));
        const text = await answer.text();
        if (answer.ok) served++;
        else refusals.add(`${answer.status} ${text.slice(0, 200)}`);
      } catch (error) {
        refusals.add(String((error as Error).cause ?? error));
      }
      await delay(BREATH_MS);
    }
  });
  return {
    created,
    refusals,
    served: () => served,
    async stop() {
      over.abort();
      await Promise.all(callers);
    },
  };
}

/** What somebody sees last who watches the batch through the proxy, over all restarts of what is behind it. */
async function watchToEnd(client: ReturnType<typeof createClient>, batchId: string) {
  let last = "nothing";
  try {
    for await (const batch of watchBatch(client, batchId)) last = batch.status;
    return last;
  } catch (error) {
    return `${String(error)} after ${last}`;
  }
}

async function untilAllEnded(direct: Database, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const row = await executeRawSqlOne<{ open: number }>(
      direct.db,
      "select count(*)::int as open from batch_jobs where end_time is null",
      {},
    );
    if (row?.open === 0) return;
    await delay(LOOK_EVERY_MS);
  }
}

async function countAll(direct: Database) {
  const row = await executeRawSqlOne<{ lostAttempts: number; batches: number; jobs: number }>(
    direct.db,
    `select (select count(*)::int from batch_jobs) as batches, (select count(*)::int from jobs) as jobs,
       (select count(*)::int from app.job_attempts where outcome = 'lost') as "lostAttempts"`,
    {},
  );
  return row!;
}
