import { deepStrictEqual } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { startBenchPostgres } from "../postgres.ts";
import type { Report, Result } from "../report.ts";
import { connectionFigures, flightFigures } from "./connections.ts";
import type { Question } from "./contender-process.ts";
import { CONTENDERS, onTop, OURS, PG, STOCK } from "./contenders.ts";
import { type Load, median, ratioOfRounds, rotated } from "./load.ts";
import { partFigures } from "./parts.ts";
import { findPgbench, runPgbench } from "./pgbench.ts";
import { type Program, startProgram } from "./programs.ts";
import { makeTables } from "./statement.ts";

const ROUNDS = 7;
const CONNECTIONS = 10;
const DELAY_MS = 5;
const SETTLE_MS = 60;
const PGBENCH = "pgbench, C";

/** Each way of asking; all contenders pass through one before the next one begins. */
const HEATS = {
  many: { delayed: false, callers: 32, ms: 600 },
  one: { delayed: false, callers: 1, ms: 300 },
  farOne: { delayed: true, callers: 1, ms: 400 },
  farMany: { delayed: true, callers: 32, ms: 400 },
} as const;
type Heat = keyof typeof HEATS;
const heats = Object.keys(HEATS) as Heat[];

/** Loads of all rounds, by contender and heat. */
type Loads = Map<string, Record<Heat, Load[]>>;

/** Ours beside the drivers alone and under Drizzle, all through PgBouncer in transaction mode. */
export async function benchDb(): Promise<Report> {
  if (!(await preparePgBouncer())) throw new Error("This benchmark needs PgBouncer.");
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-bench-"));
  const postgres = await startBenchPostgres();
  const pooler = await startPgBouncer({ target: postgres, poolSize: CONNECTIONS });
  const programs: Program[] = [];
  const start = async (file: string, args: string[]) => {
    const program = await startProgram(file, args);
    programs.push(program);
    return program;
  };
  const proxied = async (delayMs: number) => {
    const proxy = await start("delay-proxy.ts", [String(pooler.port), String(delayMs)]);
    const { port } = proxy.ready as { port: number };
    return { proxy, url: pooler.url("bench").replace(`:${pooler.port}/`, `:${port}/`) };
  };
  try {
    await makeTables(postgres.url);
    const url = pooler.url("bench");
    const delayed = await proxied(DELAY_MS);
    const runners = new Map<string, Program>();
    for (const { who } of CONTENDERS) {
      runners.set(who, await start("contender-process.ts", [who, url, delayed.url]));
    }
    await compareAnswers(runners);
    const pgbench = await findPgbench();
    const loads = await race(runners, async (heat) => {
      if (pgbench === undefined) return undefined;
      const { delayed: far, callers } = HEATS[heat];
      const connections = Math.min(callers, CONNECTIONS);
      return runPgbench(pgbench, folder, far ? delayed.url : url, connections);
    });
    for (const runner of runners.values()) await runner.stop();
    const parts = await partFigures(url);
    const counted = await proxied(0);
    const flights = await flightFigures(counted.proxy, counted.url);
    const connections = await connectionFigures(url);
    const report = toReport(loads, flights, connections, pgbench !== undefined);
    return {
      ...report,
      results: [...report.results, ...parts.results],
      ratios: { ...report.ratios, ...parts.ratios },
    };
  } finally {
    for (const program of programs) await program.stop();
    await pooler.stop();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

/** Nobody is fast by reading less: all drivers must give the same values, and so must all on Drizzle. */
async function compareAnswers(runners: Map<string, Program>): Promise<void> {
  const answers = new Map<string, unknown>();
  for (const [who, runner] of runners) answers.set(who, await runner.ask({ rows: 7 }));
  const plain = (answer: unknown) => (answer as object[]).map((row) => Object.values(row));
  for (const [who, answer] of answers) {
    deepStrictEqual(plain(answer), plain(answers.get(OURS)), `${who} reads other values`);
  }
}

/** Everyone passes each heat once without being measured, then in every round. */
async function race(
  runners: Map<string, Program>,
  pgbench: (heat: Heat) => Promise<{ perSecond: number; meanMs: number } | undefined>,
): Promise<Loads> {
  const loads: Loads = new Map();
  const keep = (who: string, heat: Heat, one: Load) => {
    const all = loads.get(who) ?? { many: [], one: [], farOne: [], farMany: [] };
    all[heat].push(one);
    loads.set(who, all);
  };
  const run = (runner: Program, heat: Heat, ms: number): Promise<Load> => {
    const question: Question = { ...HEATS[heat], ms, settleMs: SETTLE_MS };
    return runner.ask(question) as Promise<Load>;
  };
  for (const runner of runners.values()) {
    for (const heat of heats) await run(runner, heat, heat === "many" ? 1_000 : 100);
  }
  for (let round = 0; round < ROUNDS; round++) {
    process.stdout.write(`round ${round + 1} of ${ROUNDS} … `);
    for (const heat of heats) {
      for (const [who, runner] of rotated([...runners], round)) {
        keep(who, heat, await run(runner, heat, HEATS[heat].ms));
      }
      const bare = round < 3 ? await pgbench(heat) : undefined;
      if (bare) {
        const { perSecond, meanMs } = bare;
        keep(PGBENCH, heat, { perSecond, p50Ms: meanMs, cpuMicros: Number.NaN });
      }
    }
  }
  console.log("done");
  return loads;
}

function toReport(
  loads: Loads,
  flights: Result[],
  connections: Result[],
  hasPgbench: boolean,
): Report {
  const rounds = (who: string, heat: Heat, figure: keyof Load): number[] =>
    loads.get(who)?.[heat].map((one) => one[figure]) ?? [];
  const results: Result[] = [...loads.keys()].flatMap((who) => {
    const middle = (heat: Heat, figure: keyof Load) => median(rounds(who, heat, figure));
    return [
      { who, what: "32 callers", value: middle("many", "perSecond"), unit: "1/s" },
      { who, what: "CPU a query", value: middle("many", "cpuMicros"), unit: "µs" },
      { who, what: "1 caller", value: middle("one", "perSecond"), unit: "1/s" },
      { who, what: "+5 ms, 1 caller p50", value: middle("farOne", "p50Ms"), unit: "ms" },
      { who, what: "+5 ms, 32 callers", value: middle("farMany", "perSecond"), unit: "1/s" },
    ].filter(({ value }) => !Number.isNaN(value));
  });
  const faster = (who: string, than: string) =>
    ratioOfRounds(rounds(who, "many", "perSecond"), rounds(than, "many", "perSecond"));
  return {
    name: "db",
    results: [...results, ...flights, ...connections],
    missing: hasPgbench ? [] : [`${PGBENCH} (not installed)`],
    ratios: {
      rawVsNodePostgres32: faster(OURS, PG),
      latencyVsStock5ms: ratioOfRounds(
        rounds(OURS, "farOne", "p50Ms"),
        rounds(STOCK, "farOne", "p50Ms"),
      ),
      drizzleVsStock32: faster(onTop(OURS, "built"), onTop(STOCK, "built")),
      drizzleVsDrizzlePg32: faster(onTop(OURS, "built"), onTop(PG, "built")),
      preparedVsStock32: faster(onTop(OURS, "prepared"), onTop(STOCK, "prepared")),
      roundTripsPerWriteTransaction: flights.find(({ who }) => who === OURS)?.value ?? Number.NaN,
    },
    notes: [
      `A 20-row select by an index with one parameter, through PgBouncer in transaction mode to PostgreSQL, all on this machine; ${CONNECTIONS} connections for everyone.`,
      `Each contender in a process of its own, one at a time, in turn for ${ROUNDS} rounds after a warm-up; figures are medians of the rounds, ratios medians of each round's ratio.`,
      "All leave timestamps as text and read the same values, which is checked. No statement is named: that fails behind such a pooler.",
      "pgbench: 10 clients in place of 32 callers, 3 rounds of 1 s, mean in place of median.",
    ],
  };
}
