// A worker as the product runs it, whose scrapes say nothing: what remains is the queue's own cost.
// `npm run bench queue` starts it: it says "ready" once its queue is open, and what it did when it is told to stop.
import { createDatabase } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";
import { createWorker } from "../src/worker.ts";

const { DATABASE_URL: url = "", WORKER_ID: workerId = "idle", CONCURRENCY = "32" } = process.env;
const counts = { statements: 0, transactions: 0 };
const database = createDatabase({
  url,
  hooks: [
    {
      query: () => void counts.statements++,
      transaction: () => void counts.transactions++,
    },
  ],
});
const queue = createQueue(database, { supervise: true });
const metrics = {
  requests: 0,
  pages: 0,
  bytes: 0,
  fetchMs: 0,
  parseMs: 0,
  httpStatus: null,
  finalUrl: null,
};
const worker = createWorker({
  database,
  queue,
  workerId,
  concurrency: Number(CONCURRENCY),
  log: { info() {}, warn: console.error, error: console.error },
  scrape: async () => ({
    kind: "failed",
    code: "http_error",
    message: "Nobody went there.",
    metrics,
  }),
});
await queue.start();
void worker.run();
console.log("ready");
process.once("SIGTERM", () => {
  void (async () => {
    await worker.stop(5_000);
    await queue.stop();
    await database.close();
    console.log(JSON.stringify(counts));
    process.exit(0);
  })();
});
