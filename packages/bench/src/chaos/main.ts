// npm run chaos -- [--domains 10000] [--kills 20] [--restarts 3] [--seed N]
// npm run chaos -- --rolling [--domains 1000] [--rounds 5]
import { parseArgs } from "node:util";
import { prepareDebianPostgres, prepareProxies } from "@scrapersky/embedded/fixtures";
import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { runChaos } from "./chaos.ts";
import { describeChaos, describeRolling, isUnharmed } from "./report.ts";
import { runRolling } from "./rolling.ts";

const { values } = parseArgs({
  options: {
    rolling: { type: "boolean", default: false },
    domains: { type: "string" },
    kills: { type: "string", default: "20" },
    restarts: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000) + 1) },
  },
});

type Numbered = Exclude<keyof typeof values, "rolling">;

function whole(name: Numbered, least: number, most: number, otherwise?: number): number {
  const number = Number(values[name] ?? otherwise);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return refuse(`--${name} is a whole number from ${least} to ${most}.`);
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

const early = new AbortController();
process.once("SIGINT", () => early.abort());
const common = {
  made: "from sources",
  signal: early.signal,
  tell: (line: string) => console.log(`  ${line}`),
} as const;
const untilEarly = <T>(run: Promise<T>): Promise<T> =>
  run.catch((fault: unknown) => {
    if (!early.signal.aborted) throw fault;
    console.log("Ended early; nothing was judged, and nothing runs on.");
    process.exit(130);
  });

async function chaos(): Promise<boolean> {
  const options = {
    domains: whole("domains", 100, 50_000, 10_000),
    kills: whole("kills", 0, 200),
    restarts: whole("restarts", 0, 20),
    seed: whole("seed", 1, 2 ** 31),
  };
  console.log(
    `A batch of ${options.domains} sites with 3 workers: ${options.kills} of them are killed, database, pooler and api restarted ${options.restarts} times each; seed ${options.seed}. Ctrl-C ends it early.\n`,
  );
  const report = await untilEarly(runChaos({ ...options, ...common }));
  console.log(describeChaos(report));
  return isUnharmed(report);
}

async function rolling(): Promise<boolean> {
  if (!(await prepareProxies()) || !(await prepareDebianPostgres()))
    refuse("A rolling restart needs nginx, Caddy and PostgreSQL 15 of Debian: install them first.");
  const options = {
    domains: whole("domains", 100, 50_000, 1_000),
    rounds: whole("rounds", 1, 50),
  };
  console.log(
    `A batch of ${options.domains} sites and callers through nginx and Caddy, while 2 APIs and 2 workers are restarted ${options.rounds} times each. Ctrl-C ends it early.\n`,
  );
  const report = await untilEarly(runRolling({ ...options, ...common }));
  console.log(describeRolling(report));
  return isUnharmed(report);
}

if (!(await preparePgBouncer())) refuse("Chaos needs PgBouncer: install it first.");
process.exit((await (values.rolling ? rolling() : chaos())) ? 0 : 1);
