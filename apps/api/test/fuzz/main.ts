// npm run fuzz -- [--inputs 2000] [--changes 2000] [--seed N] [--only batches.,jobs.] [--parts 2]
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { CALLS } from "./calls.ts";
import type { Fault } from "./fuzz.ts";
import type { Portion, Told } from "./part.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "2000" },
    // Of those that may change something: each takes six times as long as others.
    changes: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    only: { type: "string", default: "" },
    // Processes with a database server each.
    parts: { type: "string", default: String(Math.min(4, availableParallelism())) },
  },
});

function positive(name: "inputs" | "changes" | "seed" | "parts"): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a number from 1 on`);
  return number;
}

const [inputs, changes, seed] = [positive("inputs"), positive("changes"), positive("seed")];
const only = values.only.split(",");
const names = CALLS.map(({ name }) => name).filter((name) =>
  only.some((part) => name.includes(part)),
);
console.log(`${inputs} inputs for each of ${names.length} calls, with seed ${seed}`);

const began = performance.now();
const waiting = [...names];
const faults: Fault[] = [];
const statuses: Record<string, number> = {};
const slow: [seconds: number, call: string][] = [];
let [asked, done] = [0, 0];

/** Has calls asked by one process until none is left. */
const askPart = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const part = fork(new URL("part.ts", import.meta.url));
    const giveNext = (): void => {
      const call = waiting.shift();
      if (call === undefined) part.disconnect();
      else part.send({ call, seed, inputs, changes } satisfies Portion);
    };
    part.on("message", (told: Told) => {
      if ("found" in told) {
        const { call, seconds, found } = told;
        asked += found.asked;
        faults.push(...found.faults);
        slow.push([seconds, call]);
        for (const [status, count] of Object.entries(found.statuses)) {
          statuses[status] = (statuses[status] ?? 0) + count;
        }
        process.stderr.write(`\r\u001b[K${++done} of ${names.length}  ${call}`);
      }
      giveNext();
    });
    part.once("error", reject);
    part.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a part ended with ${code} before all was asked`));
    });
  });

await Promise.all(Array.from({ length: positive("parts") }, askPart));
process.stderr.write("\r\u001b[K");
for (const { call, what, sent, logged } of faults) {
  console.log(`${call} ${what}\n  ${sent}\n  ${logged.trimEnd()}`);
}
const told = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
const longest = slow.toSorted(([one], [two]) => two - one).slice(0, 3);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `longest: ${longest.map(([seconds, call]) => `${call} ${seconds.toFixed(0)} s`).join(", ")}`,
);
console.log(
  `${asked} asked (${told.join(", ")}) in ${minutes} minutes, ${faults.length} faults, seed ${seed}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
