// npm run chaos -- [--domains 10000] [--kills 20] [--restarts 3] [--seed N]
import { parseArgs } from "node:util";
import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { runChaos } from "./chaos.ts";
import { describeChaos, isUnharmed } from "./report.ts";

const { values } = parseArgs({
  options: {
    domains: { type: "string", default: "10000" },
    kills: { type: "string", default: "20" },
    restarts: { type: "string", default: "3" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000) + 1) },
  },
});

function whole(name: keyof typeof values, least: number, most: number): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  console.error(`--${name} is a whole number from ${least} to ${most}.`);
  process.exit(2);
}

const options = {
  domains: whole("domains", 100, 50_000),
  kills: whole("kills", 0, 200),
  restarts: whole("restarts", 0, 20),
  seed: whole("seed", 1, 2 ** 31),
};
if (!(await preparePgBouncer())) {
  console.error("Chaos needs PgBouncer: install it first.");
  process.exit(2);
}
console.log(
  `A batch of ${options.domains} sites with 3 workers: ${options.kills} of them are killed, database, pooler and api restarted ${options.restarts} times each; seed ${options.seed}. Ctrl-C ends it early.\n`,
);
const early = new AbortController();
process.once("SIGINT", () => early.abort());
const report = await runChaos({
  ...options,
  signal: early.signal,
  tell: (line) => console.log(`  ${line}`),
}).catch((fault: unknown) => {
  if (!early.signal.aborted) throw fault;
  console.log("Ended early; nothing was judged, and nothing runs on.");
  process.exit(130);
});
console.log(describeChaos(report));
process.exit(isUnharmed(report) ? 0 : 1);
