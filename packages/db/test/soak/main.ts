// npm run soak -- [--minutes 10] [--seed N] [--callers 40]
import { parseArgs } from "node:util";
import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { describeReport } from "./report.ts";
import { runSoak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    callers: { type: "string", default: "40" },
  },
});

function positive(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0`);
  return number;
}

if (!(await preparePgBouncer())) throw new Error("The soak needs PgBouncer: install it first.");
const durationMs = positive("minutes") * 60_000;
const seed = positive("seed");
const early = new AbortController();
process.once("SIGINT", () => early.abort());
console.log(`Soak of ${values.minutes} min with seed ${seed}; Ctrl-C ends it early and checks.`);
const report = await runSoak({
  durationMs,
  seed,
  callers: positive("callers"),
  signal: early.signal,
  progress: { everyMs: 5_000, tell: (line) => console.log(line) },
});
console.log(describeReport(report));
// Everything is stopped; Node 26.10 has once spun for ever while it freed its handles by itself.
process.exit(report.violations.length === 0 ? 0 : 1);
