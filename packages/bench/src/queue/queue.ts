import type { Figures, Report } from "../report.ts";
import { measureCreation } from "./creation.ts";
import { openGround } from "./ground.ts";
import { measureRates } from "./rates.ts";
import { measureClaims, measureFairness } from "./waiting.ts";

const JOBS = 20_000;
const LARGE = 100_000;
const WAITING = [0, 100_000, 1_000_000];

/** The queue by itself: workers that scrape nothing, on a durable server, all on this machine. */
export async function benchQueue(scale: number): Promise<Report> {
  const scaled = (size: number) => Math.ceil(size * scale);
  const ground = await openGround();
  try {
    const parts: Figures[] = [];
    for (const [what, measure] of [
      ["rates", () => measureRates(ground, scaled(JOBS), JOBS)],
      ["fairness", () => measureFairness(ground, scaled(LARGE))],
      ["creation", () => measureCreation(ground, scaled(LARGE))],
      ["claims", () => measureClaims(ground, WAITING.map(scaled))],
    ] as const) {
      const startedAt = performance.now();
      parts.push(await measure());
      console.log(`${what}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
    }
    return {
      name: "queue",
      notes: [
        `Scrapes that find nothing, PostgreSQL durable, batches of 100 at a time, 32 domains a worker; sizes × ${scale}.`,
        "pg-boss work(): batchSize 500, polling 0.5 s, its own pool, handlers that do nothing and store nothing.",
        "Statements and CPU a job count creating it; CPU is the whole server's, its writers included.",
      ],
      results: parts.flatMap((part) => part.results),
      ratios: Object.assign({}, ...parts.map((part) => part.ratios)) as Record<string, number>,
    };
  } finally {
    await ground.stop();
  }
}
