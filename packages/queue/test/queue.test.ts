import { randomUUID } from "node:crypto";
import {
  createDatabase,
  type Database,
  executeRawSql,
  executeRawSqlOne,
  type Tx,
} from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Claimed,
  createQueue,
  installQueue,
  LEASE_SECONDS,
  type Queue,
  SCRAPE,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeClaim,
  type ScrapeMessage,
  type Visiting,
} from "../src/index.ts";

let server: EmbeddedPostgres;
let database: Database;
let queue: Queue;

beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    max: 5,
  });
  await Promise.all([installQueue(database), installQueue(database)]);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

beforeEach(async () => {
  queue = createQueue(database);
  await queue.start();
});
afterEach(async () => {
  await queue.stop();
  await executeRawSql(database.db, "delete from pgboss.job");
});

const batchOf = (count: number, overrides: Partial<ScrapeMessage> = {}): ScrapeMessage[] => {
  const batchId = randomUUID();
  const tenantId = randomUUID();
  return Array.from({ length: count }, (_, position) => ({
    jobId: randomUUID(),
    batchId,
    tenantId,
    domain: `site-${position}.${batchId}.example`,
    maxPages: 5,
    position,
    tries: 0,
    ...overrides,
  }));
};
const send = (messages: ScrapeMessage[]) =>
  database.db.transaction((tx) => queue.sendScrapes(tx, messages));
const look = (limit: number, visiting: readonly Visiting[] = []) =>
  database.db.transaction((tx) => queue.claimScrapes(tx, limit, visiting));
const claim = async (limit: number) => (await look(limit)).claims;
const settle = (...claims: ScrapeClaim[]) =>
  database.db.transaction(async (tx) => [...(await queue.settleScrapes(tx, claims))]);
const queued = async () =>
  Number(
    (await executeRawSqlOne<{ n: string }>(database.db, "select count(*) as n from pgboss.job"))?.n,
  );

test("messages vanish with a transaction that rolls back", async () => {
  await expect(
    database.db.transaction(async (tx) => {
      await queue.sendScrapes(tx, batchOf(3));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await queued()).toBe(0);
});

test("as many senders as there are connections wait for no other one, also the first of a program", async () => {
  const url = `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`;
  const narrow = createDatabase({ url, max: 2, acquireTimeoutMs: 10_000 });
  const fresh = createQueue(narrow);
  const both = Promise.withResolvers<void>();
  let inside = 0;
  const sendNarrow = () =>
    narrow.db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      if (++inside === 2) both.resolve();
      await both.promise;
      await fresh.sendScrapes(tx, batchOf(1));
    });
  await Promise.all([sendNarrow(), sendNarrow()]);
  expect(await queued()).toBe(2);
  await narrow.close();
});

test("a claim carries the message, and two claimers never get the same one", async () => {
  const messages = batchOf(40);
  await send(messages);
  const claims = (await Promise.all([claim(20), claim(20), claim(20)])).flat();
  expect(claims.map(({ jobId }) => jobId).toSorted()).toEqual(
    messages.map(({ jobId }) => jobId).toSorted(),
  );
  expect(claims[0]).toMatchObject({ attempt: 1, last: false, maxPages: 5 });
});

describe("whose turn it is", () => {
  const tenantsOf = (claims: readonly ScrapeClaim[]) => claims.map(({ tenantId }) => tenantId);
  /** How many claims of each, in the order of the largest. */
  const shares = (claims: readonly ScrapeClaim[], of: "tenantId" | "batchId") =>
    Array.from(Map.groupBy(claims, (one) => one[of]).values(), ({ length }) => length).toSorted();

  test("a tenant gets as much with one batch as another with twenty", async () => {
    const tenantId = randomUUID();
    for (let at = 0; at < 20; at++) await send(batchOf(5, { tenantId }));
    const [one] = batchOf(100);
    await send(batchOf(100, { tenantId: one!.tenantId, batchId: one!.batchId }));
    expect(shares(await claim(40), "tenantId")).toEqual([20, 20]);
    const each = [];
    for (let at = 0; at < 10; at++) each.push(...(await claim(1)));
    expect(shares(each, "tenantId")).toEqual([5, 5]);
  });

  test("the batches of a tenant take turns, each in the order of its lines", async () => {
    const tenantId = randomUUID();
    const [one, two] = [batchOf(30, { tenantId }), batchOf(30, { tenantId })];
    await send(one.toReversed());
    await send(two);
    const claims = [...(await claim(6)), ...(await claim(1)), ...(await claim(1))];
    expect(shares(claims, "batchId")).toEqual([4, 4]);
    for (const ofBatch of Map.groupBy(claims, ({ batchId }) => batchId).values()) {
      expect(ofBatch.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    }
  });

  test("what is left over goes to whoever has more to run", async () => {
    await send(batchOf(2));
    await send(batchOf(50));
    expect(shares(await claim(30), "tenantId")).toEqual([2, 28].toSorted());
  });

  test("who comes last begins with the next claim, however many are before", async () => {
    for (let at = 0; at < 12; at++) await send(batchOf(50));
    await claim(24);
    const small = batchOf(3);
    await send(small);
    expect(tenantsOf(await claim(13))).toContain(small[0]!.tenantId);
  });
});

test("a batch's places are what runs or may run; who waits at a network address has none", async () => {
  const messages = batchOf(5);
  const [{ batchId, tenantId }] = messages as [ScrapeMessage];
  const places = async () => {
    const held = await database.db.transaction((tx) =>
      queue.countPlaces(tx, [{ batchId, tenantId }]),
    );
    return held.get(batchId);
  };
  expect(await places()).toBe(0);
  await send(messages);
  expect(await places()).toBe(5);
  const claims = await claim(3);
  expect(await places()).toBe(5);
  await queue.touchScrapes(claims, claims.slice(0, 2));
  expect(await places()).toBe(3);
  await queue.touchScrapes(claims);
  expect(await places()).toBe(5);
  await settle(claims[0]!);
  expect(await places()).toBe(4);
});

describe("one visit per site", () => {
  const waiters = (count: number) =>
    Array.from({ length: count }, () => batchOf(1, { domain: "slow.example" })[0]!);

  test("claimers at the same time get a site once; who waits for it holds nothing up", async () => {
    const all = waiters(30);
    await send(all);
    const others = batchOf(2);
    await send(others);
    const looks: Claimed[] = [];
    // Which tenants a look meets, and who else is at them, is chance: three go on until nothing is left to claim.
    do looks.push(...(await Promise.all([look(4), look(4), look(4)])));
    while ((await queued()) > looks.flatMap((one) => one.claims).length);
    const claims = looks.flatMap((one) => one.claims);
    expect(claims.map(({ domain }) => domain).toSorted()).toEqual(
      [...others.map(({ domain }) => domain), "slow.example"].toSorted(),
    );
    const busy = looks.flatMap((one) => one.busy);
    expect(busy).toHaveLength(new Set(busy).size);
    expect(await queued()).toBe(all.length + others.length - busy.length);
  });

  test("who has to wait has left the queue unclaimed, and can be sent again", async () => {
    const [one, two] = waiters(2);
    await send([one!]);
    const [first] = await claim(1);
    await send([two!]);
    expect(await look(1)).toEqual({ claims: [], busy: [two!.jobId] });
    expect(await queued()).toBe(1);
    await settle(first!);
    await send([two!]);
    expect(await claim(1)).toMatchObject([{ domain: "slow.example", attempt: 1, last: false }]);
  });

  test("a site that a cancelled job is still leaving is not offered to the next", async () => {
    const [message] = waiters(1);
    await send([message!]);
    const leaving = { jobId: randomUUID(), domain: "slow.example" };
    expect(await look(1, [leaving])).toEqual({ claims: [], busy: [message!.jobId] });
    await send([message!]);
    expect((await look(1, [{ ...leaving, jobId: message!.jobId }])).claims).toHaveLength(1);
  });
});

test("nothing of a paused queue is claimed, however often it was paused, until it is resumed", async () => {
  const by = randomUUID();
  const inOne = <T>(work: (tx: Tx) => Promise<T>) => database.db.transaction(work);
  await send(batchOf(2));
  const [before] = (await look(1)).claims;
  const pause = { queue: SCRAPE, by };
  expect(await inOne((tx) => queue.pauseQueue(tx, pause))).toBe(true);
  expect(await inOne((tx) => queue.pauseQueue(tx, { ...pause, by: null }))).toBe(false);
  await send(batchOf(1));
  expect(await look(10)).toEqual({ claims: [], busy: [] });
  expect(await queue.findPauses(database.db)).toMatchObject([{ queue: SCRAPE, by }]);
  expect(await queue.countMessages(database.db)).toMatchObject([
    { queue: SCRAPE, waiting: 2, later: 0, claimed: 1, oldestSeconds: expect.any(Number) },
    { waiting: 0, later: 0, claimed: 0, oldestSeconds: null },
  ]);
  // What was claimed goes on, and what is undone is undone.
  expect(await inOne((tx) => queue.settleScrapes(tx, [before!]))).toEqual(new Set([before?.jobId]));
  const undone = inOne(async (tx) => {
    await queue.resumeQueue(tx, SCRAPE);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect((await look(10)).claims).toEqual([]);
  expect(await inOne((tx) => queue.resumeQueue(tx, SCRAPE))).toBe(true);
  expect(await inOne((tx) => queue.resumeQueue(tx, SCRAPE))).toBe(false);
  expect((await look(10)).claims).toHaveLength(2);
  expect(await queue.findClaimed(database.db, 1)).toMatchObject([{ waits: false }]);
});

test("a released claim is offered again at once, with its attempt, however often", async () => {
  await send(batchOf(1));
  for (let again = 0; again < SCRAPE_ATTEMPTS_MAX + 2; again++) {
    const [mine] = await claim(1);
    expect(mine).toMatchObject({ attempt: 1, last: false });
    const release = () => database.db.transaction((tx) => queue.releaseScrape(tx, mine!));
    expect(await release()).toBe(true);
    expect(await release()).toBe(false);
  }
});

test("a message that was sent after earlier tries counts on from them, when it is given back too", async () => {
  const [message] = batchOf(1, { tries: 1 });
  await send([message!]);
  const [second] = await claim(1);
  expect(second).toMatchObject({ attempt: 2, last: false });
  await database.db.transaction((tx) => queue.releaseScrape(tx, second!));
  expect(await settle(second!)).toEqual([]);
  expect(await claim(1)).toMatchObject([{ attempt: 2 }]);
  await send(batchOf(1, { tries: SCRAPE_ATTEMPTS_MAX - 1 }));
  expect(await claim(1)).toMatchObject([{ attempt: SCRAPE_ATTEMPTS_MAX, last: true }]);
});

test("claims are settled once, together; a stale one settles nothing", async () => {
  const messages = batchOf(3);
  await send(messages);
  const [one, two, three] = await claim(3);
  expect(await settle({ ...one!, attempt: 2 })).toEqual([]);
  expect((await settle(two!, one!)).toSorted()).toEqual([one!.jobId, two!.jobId].toSorted());
  expect(await settle(one!, two!, three!)).toEqual([three!.jobId]);
  expect(await queued()).toBe(0);
});

test("a settlement rolls back with its transaction", async () => {
  await send(batchOf(1));
  const [mine] = await claim(1);
  await expect(
    database.db.transaction(async (tx) => {
      await queue.settleScrapes(tx, [mine!]);
      throw new Error("the result could not be stored");
    }),
  ).rejects.toThrow("stored");
  expect(await settle(mine!)).toEqual([mine!.jobId]);
});

test("signs of life go around whoever settles at this moment", async () => {
  await send(batchOf(2));
  const claims = await claim(2);
  await executeRawSql(database.db, "update pgboss.job set heartbeat_on = now() - interval '10 s'");
  await database.db.transaction(async (tx) => {
    await queue.settleScrapes(tx, [claims[0]!]);
    await queue.touchScrapes(claims);
  });
  expect(
    await executeRawSql(
      database.db,
      "select id, heartbeat_on > now() - interval '5 s' as alive from pgboss.job",
    ),
  ).toEqual([{ id: claims[1]!.jobId, alive: true }]);
});

test("withdrawn messages are offered to nobody, and a claim on one is lost; other batches stay", async () => {
  const messages = batchOf(5);
  const others = batchOf(2, { tenantId: messages[0]!.tenantId });
  await send(messages);
  const [mine] = await claim(1);
  await send(others);
  const { batchId, tenantId } = messages[0]!;
  await database.db.transaction((tx) => queue.withdrawScrapes(tx, { batchId, tenantId }));
  expect(await settle(mine!)).toEqual([]);
  expect((await claim(9)).map(({ jobId }) => jobId)).toEqual(others.map(({ jobId }) => jobId));
});

test("of jobs it is told which ones the queue holds nothing of", async () => {
  const messages = batchOf(3);
  await send(messages);
  const [mine] = await claim(1);
  const ids = messages.map(({ jobId }) => jobId);
  const unknown = randomUUID();
  const ask = () => database.db.transaction((tx) => queue.findUnknown(tx, [...ids, unknown]));
  expect(await ask()).toEqual([unknown]);
  await settle(mine!);
  expect((await ask()).toSorted()).toEqual([mine!.jobId, unknown].toSorted());
});

test("messages of a program that sent whole batches go when the queue is installed, claimed ones stay", async () => {
  await send(batchOf(3));
  await claim(1);
  await executeRawSql(database.db, "update pgboss.job set group_tier = '20'");
  await send(batchOf(1));
  await installQueue(database);
  const states = "select state::text, count(*)::int as n from pgboss.job group by 1 order by 1";
  expect(await executeRawSql(database.db, states)).toEqual([
    { state: "active", n: 1 },
    { state: "created", n: 1 },
  ]);
});

test("a lease that nobody renews passes on, and after the last attempt the job comes out as lost", async () => {
  const watching = createQueue(database, { supervise: true, superviseSeconds: 1 });
  await watching.start();
  const [message] = batchOf(1);
  await send([message!]);
  const age = (seconds: number) =>
    executeRawSql(
      database.db,
      "update pgboss.job set heartbeat_on = now() - make_interval(secs => :seconds)",
      { seconds },
    );
  for (let attempt = 1; attempt <= SCRAPE_ATTEMPTS_MAX; attempt++) {
    const [mine] = await expect
      .poll(async () => {
        await executeRawSql(
          database.db,
          "update pgboss.job set start_after = now() where state = 'retry'",
        );
        return claim(1);
      })
      .toHaveLength(1)
      .then(() =>
        executeRawSql<{ retry_count: number }>(
          database.db,
          "select retry_count from pgboss.job where state = 'active'",
        ),
      );
    expect(mine?.retry_count).toBe(attempt - 1);
    await age(LEASE_SECONDS + 1);
  }
  await expect
    .poll(() => database.db.transaction((tx) => queue.takeLost(tx, 10)))
    .toEqual([{ jobId: message!.jobId, begun: false }]);
  expect(await queued()).toBe(1);
  await send([{ ...message!, tries: SCRAPE_ATTEMPTS_MAX }]);
  expect(await claim(1)).toMatchObject([{ attempt: SCRAPE_ATTEMPTS_MAX + 1, last: true }]);
  await watching.stop();
});

test("a claim has begun once a sign of life says so, until it is given back or claimed anew", async () => {
  await send(batchOf(2));
  const claims = await claim(2);
  const begun = async () => {
    const marks = "select id from pgboss.job where data ? 'begun' order by id";
    return (await executeRawSql<{ id: string }>(database.db, marks)).map(({ id }) => id);
  };
  expect(await begun()).toEqual([]);
  await queue.touchScrapes(claims, [claims[1]!]);
  expect(await begun()).toEqual([claims[0]!.jobId]);
  await database.db.transaction((tx) => queue.releaseScrape(tx, claims[0]!));
  expect(await begun()).toEqual([]);
});

test("the time of a claim that has yet to begin does not run", async () => {
  await send(batchOf(2));
  const claims = await claim(2);
  await executeRawSql(
    database.db,
    "update pgboss.job set started_on = started_on - interval '1 hour'",
  );
  await queue.touchScrapes(claims, [claims[1]!]);
  const rows = await executeRawSql(
    database.db,
    "select id, started_on > now() - interval '1 minute' as fresh from pgboss.job order by -priority",
  );
  expect(rows).toEqual([
    { id: claims[0]!.jobId, fresh: false },
    { id: claims[1]!.jobId, fresh: true },
  ]);
});

test("a renewed lease is kept", async () => {
  const watching = createQueue(database, { supervise: true, superviseSeconds: 1 });
  await watching.start();
  await send(batchOf(1));
  const [mine] = await claim(1);
  await executeRawSql(database.db, "update pgboss.job set heartbeat_on = now() - interval '14 s'");
  await queue.touchScrapes([mine!]);
  const fresh = await executeRawSqlOne<{ fresh: boolean }>(
    database.db,
    "select heartbeat_on > now() - interval '2 s' as fresh from pgboss.job",
  );
  expect(fresh?.fresh).toBe(true);
  await watching.stop();
});
