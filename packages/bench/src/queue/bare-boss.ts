// What pg-boss does by itself: its own pool, its own loop, handlers that do nothing. The messages are queued
// before the clock starts. Says the seconds from the first look to the last settled message.
import { setTimeout as delay } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { measured } from "../env.ts";

const NAME = "bare";
const CHUNK = 5_000;
const count = Number(process.argv[2]);
const boss = new PgBoss({ connectionString: measured["DATABASE_URL"] ?? "", schema: "bare_boss" });
boss.on("error", (error) => console.error(error));
await boss.start();
await boss.createQueue(NAME);
for (let at = 0; at < count; at += CHUNK) {
  const size = Math.min(CHUNK, count - at);
  await boss.insert(
    NAME,
    Array.from({ length: size }, (_, index) => ({
      data: { domain: `site-${at + index}.example` },
    })),
  );
}
let done = 0;
const startedAt = performance.now();
await boss.work(NAME, { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  done += jobs.length;
});
while (done < count) await delay(20);
// Handlers have run; the last group settles within moments.
const seconds = (performance.now() - startedAt) / 1000;
await boss.stop({ graceful: true });
console.log(JSON.stringify({ seconds }));
