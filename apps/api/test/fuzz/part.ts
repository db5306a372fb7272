// A part of `npm run fuzz`, in a process of its own: a database server, the api in front of it, and calls one after the other.
import { seedDemo } from "@scrapersky/api/demo";
import { createDatabase } from "@scrapersky/db";
import { installQueue } from "@scrapersky/queue";
import { startOwnServer } from "@scrapersky/testing/database";
import { CALLS } from "./calls.ts";
import { fuzz, type Fuzzed } from "./fuzz.ts";
import { openStage } from "./open-stage.ts";

/** What a part is given: a call and how to go about it. */
export interface Portion {
  call: string;
  seed: number;
  inputs: number;
  changes: number;
}

/** What it gives: nothing when it is ready for the first one. */
export type Told = { call: string; seconds: number; found: Fuzzed } | { ready: true };

const BLOCKED_MS_MAX = 250;
/** Of each call so many are sent in requests of their own before others go together. */
const ALONE = 50;

const tell = (told: Told): void => void process.send?.(told);

const server = await startOwnServer();
const database = createDatabase({ url: server.url, max: 2 });
await installQueue(database);
const { users } = await database.db.transaction((tx) => seedDemo(tx, { resetAccess: false }));
await database.close();
const stage = await openStage(server.url, users);
let last: Promise<void> = Promise.resolve();
process.on("message", ({ call, ...options }: Portion) => {
  last = last.then(async () => {
    const began = performance.now();
    const calls = CALLS.filter(({ name }) => name === call);
    const found = await fuzz(stage, {
      ...options,
      alone: ALONE,
      calls,
      blockedMsMax: BLOCKED_MS_MAX,
    });
    tell({ call, seconds: (performance.now() - began) / 1000, found });
  });
});
process.once("disconnect", () => {
  void last
    .then(() => stage.close())
    .then(() => server.stop())
    .then(() => process.exit());
});
tell({ ready: true });
