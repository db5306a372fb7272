// npm run fuzz -- [--inputs 2000] [--changes 2000] [--seed N] [--only batches.]
import { parseArgs } from "node:util";
import { seedDemo } from "@scrapersky/api/demo";
import { createDatabase } from "@scrapersky/db";
import { installQueue } from "@scrapersky/queue";
import { startOwnServer } from "@scrapersky/testing/database";
import { CALLS } from "./calls.ts";
import { fuzz } from "./fuzz.ts";
import { openStage } from "./open-stage.ts";

const BLOCKED_MS_MAX = 250;

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "2000" },
    // Of those that may change something: each takes six times as long as others.
    changes: { type: "string", default: "2000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    only: { type: "string", default: "" },
  },
});

function positive(name: "inputs" | "changes" | "seed"): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a number from 1 on`);
  return number;
}

const [inputs, changes, seed] = [positive("inputs"), positive("changes"), positive("seed")];
/** Of each call so many are sent in requests of their own before others go together. */
const ALONE = 50;
const calls = CALLS.filter(({ name }) => name.includes(values.only));
console.log(`${inputs} inputs for each of ${calls.length} calls, with seed ${seed}`);
const server = await startOwnServer();
const database = createDatabase({ url: server.url, max: 2 });
await installQueue(database);
const { users } = await database.db.transaction((tx) => seedDemo(tx, { resetAccess: false }));
await database.close();
const stage = await openStage(server.url, users);
let done = 0;
const { asked, statuses, faults } = await fuzz(stage, {
  seed,
  inputs,
  alone: ALONE,
  changes,
  calls,
  blockedMsMax: BLOCKED_MS_MAX,
  onCall: (name) => process.stderr.write(`\r\u001b[K${++done} of ${calls.length}  ${name}`),
});
process.stderr.write("\r\u001b[K");
for (const { call, what, sent, logged } of faults) {
  console.log(`${call} ${what}\n  ${sent}\n  ${logged.trimEnd()}`);
}
const told = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
console.log(`${asked} asked (${told.join(", ")}), ${faults.length} faults, seed ${seed}`);
await stage.close();
await server.stop();
process.exit(faults.length === 0 ? 0 : 1);
