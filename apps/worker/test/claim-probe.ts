// Takes all that may run, gives one domain back, and claims it again and again, while everything else is at its limit
// or waits; after each it looks once more and finds nothing. Says how long all of these took, in milliseconds.
// `npm run bench queue` starts it with the number of claims.
import { createDatabase } from "@scrapersky/db";
import { createQueue, type ScrapeClaim } from "@scrapersky/queue";
import { claimJobs } from "../src/claim.step.ts";
import { releaseScrape } from "../src/release.step.ts";

const WARM = 20;
const EACH = 100;
const workerId = "probe";
const count = Number(process.argv[2]);
const database = createDatabase({ url: process.env["DATABASE_URL"] ?? "" });
const queue = createQueue(database);
await queue.start();
const held: ScrapeClaim[] = [];
for (let taken; (taken = await claimJobs(database.db, queue, workerId, EACH)).length > 0;) {
  held.push(...taken);
}
const giveBack = async (claims: readonly ScrapeClaim[]) => {
  for (const claim of claims) await releaseScrape(database.db, queue, workerId, claim);
};
await giveBack(held.splice(0, 1));
const times: number[] = [];
const timed = async () => {
  const startedAt = performance.now();
  const claims = await claimJobs(database.db, queue, workerId, 1);
  times.push(performance.now() - startedAt);
  return claims;
};
for (let at = 0; at < WARM + count; at++) {
  if (at === WARM) times.length = 0;
  const claims = await timed();
  if (claims.length !== 1) throw new Error("The domain that was given back was not offered.");
  if ((await timed()).length > 0) throw new Error("More was offered than was given back.");
  await giveBack(claims);
}
await giveBack(held);
console.log(JSON.stringify(times));
await queue.stop();
await database.close();
