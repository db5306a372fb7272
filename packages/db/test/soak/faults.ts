import { setTimeout as pause } from "node:timers/promises";
import { executeRawSql } from "../../src/index.ts";
import type { Random } from "./random.ts";
import type { SoakStand } from "./stand.ts";

interface Fault {
  name: string;
  /** How often it is chosen, against the others. */
  weight: number;
  /** Does it and, if it lasts, undoes it. */
  happen(stand: SoakStand, random: Random): Promise<void>;
}

const backends = (action: string, limit: number) =>
  `select ${action}(pid) from (select pid from pg_stat_activity
     where backend_type = 'client backend' and application_name <> 'scrapersky-soak' and pid <> pg_backend_pid()
     order by random() limit ${limit}) victims`;

/** Waits until it has met somebody, or long enough. */
async function untilMet(met: () => boolean): Promise<void> {
  for (let round = 0; round < 50 && !met(); round++) await pause(10);
}

const FAULTS: Fault[] = [
  {
    name: "reset of every connection",
    weight: 6,
    happen: async ({ proxy }) => proxy.cut(),
  },
  {
    name: "reset before COMMIT arrives",
    weight: 8,
    async happen({ proxy }) {
      let met = false;
      proxy.onRequest = (chunk) => {
        if (met || !chunk.includes("commit")) return true;
        met = true;
        proxy.cut();
        return false;
      };
      await untilMet(() => met);
      proxy.onRequest = undefined;
    },
  },
  {
    name: "reset before COMMIT's answer",
    weight: 8,
    async happen({ proxy }) {
      let met = false;
      proxy.onAnswer = (chunk) => {
        if (met || !chunk.includes("COMMIT")) return true;
        met = true;
        proxy.cut();
        return false;
      };
      await untilMet(() => met);
      proxy.onAnswer = undefined;
    },
  },
  {
    name: "answer cut short",
    weight: 6,
    async happen({ proxy }, random) {
      const after = random.pick(["reset", "silence"] as const);
      proxy.limit = { bytes: random.between(1, 3_000), after };
      await untilMet(() => proxy.limit?.bytes === 0);
      proxy.limit = undefined;
    },
  },
  {
    name: "black hole",
    weight: 5,
    async happen({ proxy }, random) {
      proxy.freeze();
      proxy.silent = true;
      await pause(random.between(50, 1_500));
      proxy.silent = false;
    },
  },
  {
    name: "connections fall silent",
    weight: 5,
    happen: async ({ proxy }) => proxy.freeze(),
  },
  {
    name: "accept then close",
    weight: 3,
    async happen({ proxy }, random) {
      proxy.hangUp = true;
      proxy.cut();
      await pause(random.between(50, 800));
      proxy.hangUp = false;
    },
  },
  {
    name: "slow drip",
    weight: 3,
    async happen({ proxy }, random) {
      proxy.drip = true;
      await pause(random.between(100, 500));
      proxy.drip = false;
    },
  },
  {
    name: "backends terminated",
    weight: 8,
    async happen({ direct }, random) {
      await executeRawSql(direct.db, backends("pg_terminate_backend", random.between(1, 4)));
    },
  },
  {
    name: "statements cancelled from outside",
    weight: 6,
    async happen({ direct }, random) {
      await executeRawSql(direct.db, backends("pg_cancel_backend", random.between(1, 4)));
    },
  },
  {
    name: "pooler paused",
    weight: 4,
    async happen({ pooler }, random) {
      await pooler().pause();
      await pause(random.between(50, 1_500));
      await pooler().resume();
    },
  },
  {
    name: "pooler frozen",
    weight: 4,
    async happen({ pooler }, random) {
      pooler().freeze();
      await pause(random.between(50, 1_500));
      pooler().thaw();
    },
  },
  {
    name: "reset of connections of one's own",
    weight: 3,
    happen: async ({ ownProxy }) => ownProxy.cut(),
  },
  {
    name: "connections of one's own fall silent",
    weight: 2,
    happen: async ({ ownProxy }) => ownProxy.freeze(),
  },
  { name: "pooler restarted", weight: 4, happen: (stand) => stand.restartPooler() },
  { name: "database restarted", weight: 2, happen: (stand) => stand.restartServer("fast") },
  { name: "database crashed", weight: 2, happen: (stand) => stand.restartServer("crash") },
];

/** How often each fault has happened. */
export type FaultCounts = Map<string, number>;

/** PgBouncer 1.18 can end by itself ("bad client state") when a client and its cancel request leave at once. */
const CRASHED = "pooler ended by itself";

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Lets one fault after the other happen until told to stop; leaves none behind. */
export async function makeTrouble(
  stand: SoakStand,
  random: Random,
  counts: FaultCounts,
  signal: AbortSignal,
): Promise<void> {
  const lots = FAULTS.flatMap((fault) => Array<Fault>(fault.weight).fill(fault));
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  while (!signal.aborted) {
    await pause(random.between(20, 600));
    const fault = random.pick(lots);
    count(fault.name);
    try {
      await fault.happen(stand, random);
    } catch {
      // The way to the victim was cut by the fault before it: that was trouble enough.
    }
    const { proxy } = stand;
    Object.assign(proxy, { silent: false, hangUp: false, drip: false });
    Object.assign(proxy, { onRequest: undefined, onAnswer: undefined, limit: undefined });
    if (!isRunning(stand.pooler().pid)) {
      count(CRASHED);
      await stand.restartPooler();
    }
  }
}
