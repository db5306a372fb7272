import { setTimeout as delay } from "node:timers/promises";
import { createClient, watchBatch } from "@scrapersky/client";
import { chaosSites } from "./chaos-sites.ts";
import { type Faults, findOrphans, judgeEnd, judgeInstant, lookAt } from "./checks.ts";
import type { Made } from "./processes.ts";
import { type ChaosStand, type Part, startChaosStand } from "./stand.ts";

export interface ChaosOptions {
  domains: number;
  /** `kill -9` of a worker, so often. */
  kills: number;
  /** Of the database, the pooler and the api, of each so often. */
  restarts: number;
  seed: number;
  made: Made;
  /** Ends it early, and everything it started. */
  signal?: AbortSignal;
  /** A line whenever something was done. */
  tell?: (line: string) => void;
}

export interface ChaosReport extends Faults {
  seconds: number;
  /** Instants at which counters and rows were compared. */
  looks: number;
  /** Readings that the watcher got from the api. */
  readings: number;
  kills: number;
  restarts: number;
  /** Sites whose tries were used up with workers that were killed. */
  givenUp: number;
}

const LOOK_EVERY_MS = 200;
/** So much longer than any run takes that it stands still. */
const DEADLINE_MS = 45 * 60_000;
/** Names of faults that are kept of each kind: the first ones tell what went wrong. */
const SENTENCES_MAX = 50;

type Deed = { kind: "kill" } | { kind: "restart"; part: Part };

/**
 * One batch from its first job to its last while workers are killed and everything else is restarted. What is done next
 * depends on how far the batch is, not on the clock, so that all of it is done on any machine.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { domains, tell = () => {} } = options;
  const next = numbersFrom(options.seed);
  const sites = chaosSites(domains);
  const stand = await startChaosStand(sites, options.made);
  const startedAt = performance.now();
  try {
    const client = createClient({ url: stand.api.url, apiKey: stand.api.apiKey });
    const maxConcurrent = Math.max(20, Math.min(96, Math.ceil(domains / 10)));
    const names = sites.map(({ name }) => name);
    const { batchId } = await client.batches.create.mutate({ domains: names, maxConcurrent });
    const watched = watch(client, batchId);
    const deeds = planned(options, next);
    const run = await untilOver(stand, batchId, {
      maxConcurrent,
      deeds,
      next,
      tell,
      signal: options.signal,
    });
    const { readings, wentBack, last } = await watched;
    await stand.stopProduct();
    const end = await judgeEnd(stand.direct, batchId, sites);
    const wrong = [
      ...run.wrong,
      ...wentBack,
      ...end.wrong,
      ...(await findOrphans(stand.direct)),
      ...(deeds.length > 0
        ? [`${deeds.length} faults were not done before the batch was over`]
        : []),
      ...(last === "partial" ? [] : [`whoever watched was told ${last} at the end`]),
    ];
    return {
      lost: end.lost.slice(0, SENTENCES_MAX),
      doubled: end.doubled.slice(0, SENTENCES_MAX),
      wrong: wrong.slice(0, SENTENCES_MAX),
      seconds: (performance.now() - startedAt) / 1000,
      looks: run.looks,
      readings,
      kills: options.kills,
      restarts: 3 * options.restarts,
      givenUp: end.givenUp,
    };
  } finally {
    await stand.stop();
  }
}

/** In which order, with the share of the batch from which on each is done. */
function planned(
  { kills, restarts }: ChaosOptions,
  next: () => number,
): (Deed & { from: number })[] {
  const parts: Part[] = ["database", "pooler", "api"];
  const deeds: Deed[] = [
    ...Array.from({ length: kills }, (): Deed => ({ kind: "kill" })),
    ...parts.flatMap((part) =>
      Array.from({ length: restarts }, (): Deed => ({ kind: "restart", part })),
    ),
  ];
  const shuffled = deeds
    .map((deed) => ({ deed, at: next() }))
    .toSorted((one, other) => one.at - other.at);
  return shuffled.map(({ deed }, at) => ({ ...deed, from: (0.8 * (at + 1)) / shuffled.length }));
}

interface Running {
  maxConcurrent: number;
  /** Taken from as they are done. */
  deeds: (Deed & { from: number })[];
  next: () => number;
  tell: (line: string) => void;
  signal: AbortSignal | undefined;
}

async function untilOver(
  { direct, ...stand }: ChaosStand,
  batchId: string,
  { maxConcurrent, deeds, next, tell, signal }: Running,
): Promise<{ looks: number; wrong: string[] }> {
  const wrong: string[] = [];
  let looks = 0;
  let before: Awaited<ReturnType<typeof lookAt>>;
  let doing: Promise<void> | undefined;
  for (const startedAt = performance.now(); ; await delay(LOOK_EVERY_MS)) {
    if (performance.now() - startedAt > DEADLINE_MS) {
      wrong.push("the batch stands still");
      break;
    }
    if (signal?.aborted) {
      // Whatever is being restarted is there by then, and can be stopped.
      await doing;
      signal.throwIfAborted();
    }
    // While the database is restarted there is nothing to look at.
    const now = await lookAt(direct, batchId).catch(() => undefined);
    if (now === undefined) continue;
    looks++;
    wrong.push(...judgeInstant(now, before, { maxConcurrent }));
    before = now;
    if (now.ended) break;
    const deed = deeds[0];
    if (doing === undefined && deed !== undefined && now.progress >= deed.from) {
      deeds.shift();
      doing = doDeed(stand, deed, next).finally(() => (doing = undefined));
      tell(`${(now.progress * 100).toFixed(1).padStart(5)} %  ${said(deed)}`);
    }
  }
  await doing;
  return { looks, wrong };
}

const said = (deed: Deed): string =>
  deed.kind === "kill" ? "kill -9 of a worker" : `kill -9 and restart of the ${deed.part}`;

const doDeed = (
  { killWorker, restart }: Pick<ChaosStand, "killWorker" | "restart">,
  deed: Deed,
  next: () => number,
): Promise<void> =>
  deed.kind === "kill" ? killWorker(Math.floor(next() * 1_000)) : restart(deed.part);

/** What somebody sees who watches the batch through the api, over all of its restarts. */
async function watch(client: ReturnType<typeof createClient>, batchId: string) {
  const wentBack: string[] = [];
  let readings = 0;
  let progress = 0;
  let last = "nothing";
  for (;;) {
    try {
      for await (const batch of watchBatch(client, batchId)) {
        readings++;
        if (batch.progress < progress)
          wentBack.push(`a watcher saw ${progress} %, then ${batch.progress} %`);
        progress = batch.progress;
        last = batch.status;
      }
      return { readings, wentBack, last };
    } catch {
      // Away for longer than a watcher waits by itself.
      await delay(LOOK_EVERY_MS);
    }
  }
}

/** Numbers of at least 0 and below 1, the same for the same seed: a linear congruential generator is enough to shuffle. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
