import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ScrapeClaim } from "@scrapersky/queue";
import type { Procedures } from "../src/index.ts";
import {
  FIRST_BATCH,
  postponeJobs,
  promoteJobs,
  recordLost,
  recordOutcomes,
  refillQueue,
  spareLost,
  startJobs,
} from "../src/services.ts";
import { claimJobs, promoteWaiting, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { done, failed, retry } from "./outcomes.ts";
import { countRead } from "./count-read.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
// Batches of the tests before are left to themselves.
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.batch_windows");
});
afterAll(() => world.close());

const create = async (size: number, maxConcurrent: number, word = "shop") => {
  const domains = Array.from({ length: size }, (_, at) => `${word}-${at}.example`);
  const { batchId } = await api.batches.create({ domains, maxConcurrent });
  return batchId;
};
/** Positions of a batch that the queue holds. */
const held = async (batchId: string) => {
  const rows = await world.rows<{ position: number }>(
    `select (data->>'position')::int as position from pgboss.job
     where group_id = :batchId and state < 'completed' order by 1`,
    { batchId },
  );
  return rows.map(({ position }) => position);
};
const window = async (batchId: string) => {
  const [row] = await world.rows<{ next_position: number | null }>(
    "select next_position from app.batch_windows where batch_id = :batchId::uuid",
    { batchId },
  );
  return row?.next_position;
};
const promote = (batchId: string) =>
  world.database.db.transaction((tx) => promoteJobs(tx, world.queue, [batchId]));
const refill = async (after = FIRST_BATCH) => {
  const done = await world.database.db.transaction((tx) => refillQueue(tx, world.queue, after));
  return done.next;
};
const settle = (claims: readonly ScrapeClaim[]) =>
  world.database.db.transaction((tx) => world.queue.settleScrapes(tx, claims));

test("who ends a job reads a few rows of its batch for the next one, whatever the planner knows of them", async () => {
  const batchId = await create(10_000, 5, "many");
  await world.rows("delete from pgboss.job where group_id = :batchId", { batchId });
  const read = await world.database.db.transaction(async (tx) => {
    const before = await countRead(tx);
    await promoteJobs(tx, world.queue, [batchId]);
    return (await countRead(tx)) - before;
  });
  expect(await held(batchId)).toEqual([5, 6, 7, 8, 9]);
  expect(read).toBeLessThan(200);
});

describe("the queue holds of a batch what may run", () => {
  test("as many as its limit, in the order of its lines; the rest waits in the backlog", async () => {
    const batchId = await create(10, 3);
    expect(await held(batchId)).toEqual([0, 1, 2]);
    expect(await window(batchId)).toBe(3);
    await promote(batchId);
    expect(await held(batchId)).toEqual([0, 1, 2]);
    expect(await claimJobs(world, 50)).toHaveLength(3);
    expect(await claimJobs(world, 50)).toEqual([]);
  });

  test("a batch smaller than its limit is promoted at once, lines that name no domain are not", async () => {
    const { batchId } = await api.batches.create({
      domains: ["a.example", "localhost", "b.example"],
      maxConcurrent: 5,
    });
    expect(await held(batchId)).toEqual([0, 2]);
    expect(await window(batchId)).toBeNull();
  });

  test("whoever ends a job sends the next, in the same transaction", async () => {
    const batchId = await create(6, 2);
    const [first, second] = await claimJobs(world, 2);
    await recordClaim(world, first!, done());
    expect(await held(batchId)).toEqual([1, 2]);
    await recordClaim(world, second!, failed());
    expect(await held(batchId)).toEqual([2, 3]);
    const [third] = await claimJobs(world, 1);
    await expect(
      world.database.db.transaction(async (tx) => {
        await world.queue.settleScrapes(tx, [third!]);
        const { jobId, attempt } = third!;
        const outcome = failed();
        await recordOutcomes(tx, [{ jobId, attempt, workerId: "w", outcome, final: true }]);
        await promoteJobs(tx, world.queue, [batchId]);
        throw new Error("the connection is gone");
      }),
    ).rejects.toThrow("gone");
    expect(await held(batchId)).toEqual([2, 3]);
    await world.database.db.transaction(async (tx) => {
      await promoteJobs(tx, world.queue, await recordLost(tx, [third!.jobId]));
    });
    expect(await held(batchId)).toEqual([2, 3]);
  });

  test("of two who end jobs at once, the second sees what the first left", async () => {
    for (let round = 0; round < 5; round++) {
      const batchId = await create(12, 4, `round-${round}`);
      const claims = await claimJobs(world, 4);
      await Promise.all(claims.map((claim) => recordClaim(world, claim, failed())));
      expect(await held(batchId)).toEqual([4, 5, 6, 7]);
      await api.batches.cancel({ batchId });
      expect(await held(batchId)).toEqual([]);
    }
  });

  test("a claim given back keeps its place", async () => {
    const batchId = await create(4, 2);
    const [first] = await claimJobs(world, 1);
    await releaseClaim(world, first!);
    await promote(batchId);
    expect(await held(batchId)).toEqual([0, 1]);
  });
});

describe("waiting holds no place", () => {
  test("a job to be tried again makes room, and goes before what was not tried yet once it is due", async () => {
    const batchId = await create(6, 2);
    const [first] = await claimJobs(world, 1);
    await recordClaim(world, first!, retry());
    expect(await held(batchId)).toEqual([1, 2]);
    const [second] = await claimJobs(world, 1);
    await world.rows("update app.scrape_jobs set due_at = now() where due_at is not null");
    await recordClaim(world, second!, done());
    expect(await held(batchId)).toEqual([0, 2]);
    expect(await claimJobs(world, 2)).toMatchObject([
      { position: 0, attempt: 2, last: false },
      { position: 2, attempt: 1 },
    ]);
  });

  test("the pause of who waits for a site grows, up to half a minute, and uses no attempt", async () => {
    const batchId = await create(1, 1);
    const [job] = await world.rows<{ job_id: string }>(
      "select job_id from jobs where batch_id = :batchId::uuid",
      { batchId },
    );
    await world.rows("delete from pgboss.job");
    const pauses = [];
    for (let look = 0; look < 8; look++) {
      const batches = await world.database.db.transaction((tx) => postponeJobs(tx, [job!.job_id]));
      expect(batches).toEqual([batchId]);
      const [row] = await world.rows<{ seconds: number }>(
        `select extract(epoch from due_at - now())::float8 as seconds from app.scrape_jobs
         where batch_id = :batchId::uuid`,
        { batchId },
      );
      pauses.push(row!.seconds);
    }
    expect(pauses[0]).toBeLessThanOrEqual(1);
    expect(pauses[7]).toBeGreaterThan(10);
    expect(pauses[7]).toBeLessThanOrEqual(30);
    await promoteWaiting(world, batchId);
    expect(await claimJobs(world, 1)).toMatchObject([{ attempt: 1, last: false }]);
  });

  test("a job that is over is postponed no more", async () => {
    const batchId = await create(2, 2);
    const [first] = await claimJobs(world, 1);
    await recordClaim(world, first!, done());
    await api.batches.cancel({ batchId });
    const rows = await world.rows<{ job_id: string }>(
      "select job_id from jobs where batch_id = :batchId::uuid",
      { batchId },
    );
    const jobIds = rows.map((row) => row.job_id);
    expect(await world.database.db.transaction((tx) => postponeJobs(tx, jobIds))).toEqual([]);
    await refill();
    expect(await held(batchId)).toEqual([]);
  });
});

test("a tenant that is switched off gets nothing promoted, by nobody", async () => {
  const setActive = (active: boolean) =>
    world.rows("update tenants set is_active = :active where id = :id::uuid", {
      active,
      id: world.tenants.near.id,
    });
  const batchId = await create(5, 2);
  await world.rows("delete from pgboss.job");
  await setActive(false);
  try {
    await refill();
    await promote(batchId);
    expect(await held(batchId)).toEqual([]);
  } finally {
    await setActive(true);
  }
  await refill();
  expect(await held(batchId)).toEqual([2, 3]);
});

describe("a sweep", () => {
  test("promotes what is due", async () => {
    const batchId = await create(1, 1);
    const [claim] = await claimJobs(world, 1);
    await recordClaim(world, claim!, retry());
    await refill();
    expect(await held(batchId)).toEqual([]);
    await world.rows("update app.scrape_jobs set due_at = now() where due_at is not null");
    await refill();
    expect(await held(batchId)).toEqual([0]);
  });

  test("fills a window that nobody filled", async () => {
    const batchId = await create(9, 3);
    await settle(await claimJobs(world, 3));
    expect(await held(batchId)).toEqual([]);
    await refill();
    expect(await held(batchId)).toEqual([3, 4, 5]);
    await refill();
    expect(await held(batchId)).toEqual([3, 4, 5]);
  });

  test("finds what neither the queue nor the backlog holds, once nothing else is left to promote", async () => {
    const batchId = await create(4, 2);
    await world.rows("delete from pgboss.job");
    await refill();
    expect(await held(batchId)).toEqual([2, 3]);
    const claims = await claimJobs(world, 2);
    await settle([claims[0]!]);
    await promote(batchId);
    expect(await window(batchId)).toBeNull();
    await recordClaim(world, claims[1]!, done());
    for (let left = 3; left > 0; left--) {
      await refill();
      const [next] = await claimJobs(world, 1);
      expect(await recordClaim(world, next!, done())).toBe("recorded");
    }
    expect(await api.batches.byId({ batchId })).toMatchObject({
      status: "complete",
      counts: { complete: 4 },
    });
  });

  test("leaves what is well as it is, and takes the windows of batches that are over", async () => {
    const open = await create(4, 2);
    const over = await create(4, 2, "over");
    const [claim] = await claimJobs(world, 1);
    await api.batches.cancel({ batchId: over });
    const before = await world.rows("select * from pgboss.job order by id");
    await refill();
    expect(await world.rows("select * from pgboss.job order by id")).toEqual(before);
    expect(await window(over)).toBeUndefined();
    expect(await window(open)).toBe(2);
    expect(claim).toBeDefined();
  });

  test("goes through all open batches page by page, and begins again", async () => {
    for (let at = 0; at < 101; at++) await create(1, 1, `page-${at}`);
    const page = await refill();
    expect(page).not.toBe(FIRST_BATCH);
    expect(await refill(page)).toBe(FIRST_BATCH);
  });

  test("is made by one at a time; whoever comes meanwhile goes on where he was", async () => {
    const batchId = await create(1, 1);
    await settle(await claimJobs(world, 1));
    await world.database.db.transaction(async (tx) => {
      await refillQueue(tx, world.queue, FIRST_BATCH);
      expect(await refill(batchId)).toBe(batchId);
    });
  });
});

test("whom every worker left before it began gets more attempts, but six in all", async () => {
  const batchId = await create(1, 1);
  const [claim] = await claimJobs(world, 1);
  const { jobId } = claim!;
  for (let attempt = 1; attempt <= 6; attempt++) {
    await world.database.db.transaction((tx) =>
      startJobs(tx, { workerId: "worker-1", claims: [{ jobId, attempt }] }),
    );
    await world.rows("delete from pgboss.job");
    const spared = await world.database.db.transaction((tx) => spareLost(tx, [jobId]));
    expect(spared).toEqual(attempt < 6 ? [{ jobId, batchId }] : []);
    if (attempt === 6) break;
    expect(await api.jobs.byId({ jobId })).toMatchObject({ status: "pending", attempts: attempt });
    await promote(batchId);
    expect(await claimJobs(world, 1)).toMatchObject([{ attempt: attempt + 1, last: attempt > 1 }]);
  }
  const { attemptList } = await api.jobs.byId({ jobId });
  expect(attemptList.map(({ outcome }) => outcome)).toEqual([
    ...Array<string>(5).fill("lost"),
    "running",
  ]);
});

describe("several outcomes in one transaction", () => {
  test("are told apart: recorded, refused, each counted in its own batch", async () => {
    const one = await create(3, 3, "one");
    const two = await create(2, 2, "two");
    const claims = (await claimJobs(world, 5)).toSorted((a, b) => a.position - b.position);
    const of = (batchId: string) => claims.filter((claim) => claim.batchId === batchId);
    const outcomes = new Map(
      [...of(one), ...of(two)].map(({ jobId }, at) => [
        jobId,
        [done(), failed(), retry()][at % 3]!,
      ]),
    );
    const recorded = await world.database.db.transaction(async (tx) => {
      await world.queue.settleScrapes(tx, claims);
      return recordOutcomes(
        tx,
        claims.map(({ jobId, attempt }, at) => ({
          jobId,
          attempt: at === claims.length - 1 ? attempt + 1 : attempt,
          workerId: "worker-1",
          outcome: outcomes.get(jobId)!,
          final: false,
        })),
      );
    });
    expect(recorded.map(({ jobId }) => jobId).toSorted()).toEqual(
      claims
        .slice(0, -1)
        .map(({ jobId }) => jobId)
        .toSorted(),
    );
    for (const batchId of [one, two]) {
      const { counts } = await api.batches.byId({ batchId });
      const rows = await world.rows<{ status: string; n: number }>(
        "select status, count(*)::int as n from jobs where batch_id = :batchId::uuid group by status",
        { batchId },
      );
      for (const { status, n } of rows) expect(counts).toMatchObject({ [status]: n });
    }
  });

  test("may be of one domain: each is written", async () => {
    const claims: ScrapeClaim[] = [];
    for (let at = 0; at < 2; at++) {
      await create(1, 1, "same");
      claims.push(...(await claimJobs(world, 1)));
      // The queue offers a site to one at a time; here nobody remembers.
      await world.rows("update pgboss.job set data = data - 'domain' where state = 'active'");
    }
    const inputs = claims.map(({ jobId, attempt }) => ({
      jobId,
      attempt,
      workerId: "worker-1",
      outcome: failed(),
      final: true,
    }));
    await world.database.db.transaction((tx) => recordOutcomes(tx, inputs));
    expect(
      await world.rows("select error_count from domains where domain = 'same-0.example'"),
    ).toEqual([{ error_count: 2 }]);
  });
});
