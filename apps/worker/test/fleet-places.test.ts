import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { type Place, scrape, VISITS_PER_ADDRESS_MAX } from "@scrapersky/scraper";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { FleetClock } from "../src/fleet-clock.ts";
import { createFleetPlaces, type FleetPlaces } from "../src/fleet-places.ts";
import { type PlaceStore, placeStore } from "../src/place-store.ts";

const ADDRESS = "198.51.100.7";
const never = new AbortController().signal;
const opened: FleetPlaces[] = [];
let clone: TestDatabase;
let database: Database;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 4 });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((fleet) => fleet.close()));
  await executeRawSql(database.db, "delete from app.network_places");
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** The places of one worker, as it has them. */
function workerOf(worker: string, { most = VISITS_PER_ADDRESS_MAX, leaseMs = 60_000 } = {}) {
  const fleet = createFleetPlaces({
    store: placeStore(database.db, { worker, most, leaseMs }),
    most,
    leaseMs,
    pauseMs: 0,
    onError: (error) => {
      throw error;
    },
    onSuccess: () => {},
    times: { gather: 2, poll: 10, idle: 10 },
  });
  opened.push(fleet);
  return fleet;
}

const enter = (fleet: FleetPlaces, waits: boolean[] = [], host = "a.example"): Promise<Place> =>
  fleet.enter({ address: ADDRESS, host }, never, (waiting) => waits.push(waiting));

const taken = (worker = "%") =>
  executeRawSql(
    database.db,
    "select place from app.network_places where ends_at > now() and worker like :worker",
    { worker },
  );

test("three workers with thirty names at one address are there with eight requests at a time, and visit them all", async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const sites = generateSites({ count: 30, pages: 2, seed: 5 }).map((site) => ({
    ...site,
    answer: (request: Parameters<typeof site.answer>[0]) => ({
      ...site.answer(request),
      after: new Promise<void>((resolve) => {
        waiting.push(resolve);
        most = Math.max(most, waiting.length);
      }),
    }),
  }));
  const served = await startSites({ sites });
  try {
    const hosts = Object.entries(served.allow.hosts).map(
      ([host, place]) => [host, { ...place, address: ADDRESS }] as const,
    );
    const allow = { ...served.allow, hosts: Object.fromEntries(hosts) };
    const workers = ["one", "two", "three"].map((worker) => workerOf(worker));
    let over = 0;
    const visits = sites.map(async ({ name }, at) => {
      const places = workers[at % workers.length];
      const result = await scrape(name, { maxPages: 2, allow, places, limits: { hostDelayMs: 0 } });
      over++;
      return result.kind === "done" ? result.pages.length : result.kind;
    });
    await expect.poll(() => waiting.length).toBe(VISITS_PER_ADDRESS_MAX);
    expect(await taken()).toHaveLength(VISITS_PER_ADDRESS_MAX);
    while (over < sites.length) {
      await expect.poll(() => waiting.length > 0 || over === sites.length).toBe(true);
      for (const answer of waiting.splice(0)) answer();
    }
    expect(await Promise.all(visits)).toEqual(sites.map(() => 2));
    expect(most).toBe(VISITS_PER_ADDRESS_MAX);
  } finally {
    await served.close();
  }
});

test("a place passes on within a worker, goes to another one when nobody uses it, and none is left behind", async () => {
  const [one, two] = [workerOf("one", { most: 1 }), workerOf("two", { most: 1 })];
  const waits: boolean[] = [];
  const first = await enter(one, waits);
  const second = enter(one, waits);
  await expect.poll(() => waits).toEqual([true]);
  const other: boolean[] = [];
  const third = enter(two, other);
  await expect.poll(() => other).toEqual([true]);
  first.leave(0);
  const next = await second;
  expect(waits).toEqual([true, false]);
  expect(await taken("one")).toHaveLength(1);
  next.leave(0);
  (await third).leave(0);
  expect(other).toEqual([true, false]);
  await expect.poll(() => taken()).toEqual([]);
});

test("an aborted wait holds no place", async () => {
  const fleet = workerOf("one", { most: 1 });
  const first = await enter(fleet);
  const impatient = new AbortController();
  const waits: boolean[] = [];
  const given = fleet.enter({ address: ADDRESS, host: "b.example" }, impatient.signal, (waiting) =>
    waits.push(waiting),
  );
  await expect.poll(() => waits).toEqual([true]);
  impatient.abort();
  (await given).leave(0);
  first.leave(0);
  await expect.poll(() => taken()).toEqual([]);
});

test("what a vanished worker held is had once its lease is over; a worker that lost its place waits for one", async () => {
  const [lost, other] = [workerOf("lost", { most: 1 }), workerOf("other", { most: 1 })];
  const held = await enter(lost);
  const waits: boolean[] = [];
  const next = enter(other, waits);
  await expect.poll(() => waits).toEqual([true]);
  await executeRawSql(database.db, "update app.network_places set ends_at = now()");
  const taking = await next;
  await lost.keep();
  let turned = false;
  const turn = held.turn(never).then(() => {
    turned = true;
  });
  await other.keep();
  await taking.turn(never);
  expect(turned).toBe(false);
  taking.leave(0);
  await turn;
  expect(await taken("lost")).toHaveLength(1);
  held.leave(0);
  await expect.poll(() => taken()).toEqual([]);
});

test("a host that asks for a long pause has it from the next worker too, another one not", async () => {
  const [one, two] = [workerOf("one"), workerOf("two")];
  const visit = await enter(one);
  visit.leave(3_600_000);
  (await enter(one, [], "b.example")).leave(999);
  const paused = () => executeRawSql(database.db, "select host from app.host_pauses");
  await expect.poll(paused).toEqual([{ host: "a.example" }]);
  const [again, elsewhere] = await Promise.all([enter(two), enter(two, [], "b.example")]);
  expect(again.hostPauseMs).toBeGreaterThan(0);
  expect(again.hostPauseMs).toBeLessThanOrEqual(3_600_000);
  expect(elsewhere.hostPauseMs).toBe(0);
});

/** A store of its own, and a time that stands still but for waiting. */
function manual(take: PlaceStore["take"]) {
  let time = 0;
  const clock: FleetClock = {
    now: () => time,
    sleep: async (ms) => {
      time += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const left: unknown[] = [];
  const fleet = createFleetPlaces(
    {
      store: {
        take,
        keep: async (places) => [...places],
        leave: async (places) => void left.push(...places),
        leaveAll: async () => {},
        pauseHosts: async () => {},
        findHostPauses: async () => [],
      },
      most: 1,
      pauseMs: 400,
      leaseMs: 1e9,
      onError: () => {},
      onSuccess: () => {},
    },
    clock,
  );
  opened.push(fleet);
  return { fleet, clock, left };
}

test("requests of one place are 400 ms apart, whoever had it before", async () => {
  const { fleet, clock, left } = manual(async () => [{ address: ADDRESS, place: 1, pauseMs: 90 }]);
  const visit = await enter(fleet);
  const began = clock.now();
  const at: number[] = [];
  for (let request = 0; request < 3; request++) {
    await visit.turn(never);
    at.push(clock.now() - began);
  }
  expect(at).toEqual([90, 490, 890]);
  visit.leave(0);
  await expect.poll(() => left).toHaveLength(1);
});

test("where the store cannot be asked a visit waits, and goes on once it can", async () => {
  let asked = 0;
  const { fleet } = manual(async () => {
    if (++asked < 4) throw new Error("away");
    return [{ address: ADDRESS, place: 1, pauseMs: 0 }];
  });
  await enter(fleet);
  expect(asked).toBe(4);
});
