// How fast batches run: one with more and more workers, a hundred together, and pg-boss by itself.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { measured } from "../env.ts";
import type { Figures, Result } from "../report.ts";
import type { Ground } from "./ground.ts";

const WORKERS = [1, 2, 4, 8];
const BATCHES = 100;

/** @param size jobs of each measurement; `bareSize` those of pg-boss */
export async function measureRates(
  ground: Ground,
  size: number,
  bareSize: number,
): Promise<Figures> {
  const tenant = await ground.tenant("rates");
  const results: Result[] = [];
  const rates: number[] = [];
  let perJob = { statements: Number.NaN, cpuMs: Number.NaN };
  // Warms the server's caches and the code of this process.
  await ground.withWorkers(1, async () => {
    await ground.untilEnded(await ground.create(tenant, Math.ceil(size / 10)));
  });
  for (const workers of WORKERS) {
    const cpuBefore = ground.serverCpu();
    const { result, counts } = await ground.withWorkers(workers, async () => {
      const batchIds = await ground.create(tenant, size);
      await ground.untilEnded(batchIds);
      return ground.rateOf(batchIds);
    });
    rates.push(result);
    const cpuMs = ((ground.serverCpu() - cpuBefore) * 1000) / size;
    const who = `one batch, ${workers} ${workers === 1 ? "worker" : "workers"}`;
    results.push(
      { who, what: "jobs", value: result, unit: "1/s" },
      { who, what: "statements a job", value: counts.statements / size, unit: "" },
      { who, what: "transactions a job", value: counts.transactions / size, unit: "" },
      { who, what: "PostgreSQL a job", value: cpuMs, unit: "ms CPU" },
    );
    if (workers === 2) perJob = { statements: counts.statements / size, cpuMs };
  }
  const one = rates[1] ?? Number.NaN;
  const { result: hundred } = await ground.withWorkers(2, async () => {
    const sizes = Array.from({ length: BATCHES }, () => Math.ceil(size / BATCHES));
    const batchIds = await ground.create(tenant, ...sizes);
    await ground.untilEnded(batchIds);
    return ground.rateOf(batchIds);
  });
  const bare = await bareRate(ground.url, bareSize);
  results.push(
    { who: `${BATCHES} batches, 2 workers`, what: "jobs", value: hundred, unit: "1/s" },
    { who: "pg-boss work()", what: "jobs", value: bare, unit: "1/s" },
  );
  return {
    results,
    ratios: {
      oneBatchScaling: Math.min(...rates) / (rates[0] ?? Number.NaN),
      oneBatchVsHundred: one / hundred,
      jobsVsPgBoss: one / bare,
      statementsPerJob: perJob.statements,
      serverCpuMsPerJob: perJob.cpuMs,
    },
  };
}

async function bareRate(url: string, count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, "bare-boss.ts"), String(count)],
    { env: { ...measured, DATABASE_URL: url } },
  );
  const { seconds } = JSON.parse(stdout) as { seconds: number };
  return count / seconds;
}
