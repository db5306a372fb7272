/** Program: `node --expose-gc connections-process.ts WHO URL CONNECTIONS` tells what opening connections costs. */
import { setTimeout as delay } from "node:timers/promises";
import { contenderNamed } from "./contenders.ts";
import { serve } from "./programs.ts";

/** `start` opens and asks once; `fill` opens all connections and lets them rest. */
export type Question = "start" | "fill";

const [who, url = "", connections = ""] = process.argv.slice(2);
const { open } = contenderNamed(who);
const count = Number(connections);

async function usage() {
  for (let pass = 0; pass < 3; pass++) {
    globalThis.gc?.();
    await delay(50);
  }
  return process.memoryUsage();
}

serve({}, async (question) => {
  if (question === "start") {
    const startedAt = performance.now();
    const client = open(url, count);
    await client.rows(1);
    const ms = performance.now() - startedAt;
    await client.end();
    return ms;
  }
  const client = open(url, count);
  // The code is loaded and compiled by now; what is added below are the connections.
  await client.rows(1);
  const before = await usage();
  await Promise.all(Array.from({ length: count * 4 }, () => client.rows(1)));
  const after = await usage();
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
  await client.end();
  return { perConnectionKb: bytes / (count - 1) / 1024, rssMb: after.rss / 1024 / 1024 };
});
