import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Harness, openHarness, WEBHOOKS_KEY } from "./harness.ts";
import { killNow } from "./kill-ground.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { spawnApi } from "./spawn-api.ts";
import { ended, spawnWorker } from "./spawn-worker.ts";

const URL_ = "http://hook.example/in?from=us";
/** Requests to one webhook at once. */
const AT_ONCE = 4;

let harness: Harness;
let receiver: Receiver;
let folder: string;
const processes: ChildProcess[] = [];
beforeAll(async () => {
  harness = await openHarness();
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-webhooks-"));
  const hosts = { "hook.example": { http: receiver.address } };
  await writeFile(join(folder, "sites.json"), JSON.stringify({ hosts }));
});
afterEach(async () => {
  for (const child of processes.splice(0)) await killNow(child);
  await rows("delete from app.webhooks");
  receiver.received.splice(0);
  receiver.manner = 204;
});
afterAll(async () => {
  await harness.close();
  await receiver.close();
  await rm(folder, { recursive: true });
});

const rows = (sql: string) => executeRawSql<{ id: string }>(harness.database.db, sql);

function startWorker(): ChildProcess {
  const sitesFile = join(folder, "sites.json");
  const of = { url: harness.url, sitesFile, concurrency: 2, webhooksKey: WEBHOOKS_KEY };
  const { child } = spawnWorker(of);
  processes.push(child);
  return child;
}

/** Starts an api, and gives what cancels a batch through it and tells the status of the answer. */
async function startApi(key: string) {
  const { child, origin } = await spawnApi(harness.url);
  processes.push(child);
  const cancel = async (batchId: string): Promise<number> => {
    const path = `/api/v3/batch_page_scraper/batch/${batchId}/cancel`;
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(origin + path, { method: "POST", headers })).status;
  };
  return { child, cancel };
}

/** How many deliveries there are in each state. */
const states = async () => {
  const found = await executeRawSql<{ state: string; n: number }>(
    harness.database.db,
    "select state, count(*)::int as n from app.webhook_deliveries group by state",
  );
  return Object.fromEntries(found.map(({ state, n }) => [state, n]));
};
/** What waits for a later time waits no more. */
const hurry = () => rows("update app.webhook_deliveries set due_at = now() where due_at > now()");
const lastTry = async () => {
  const row = await executeRawSqlOne<{ status: number | null; error: string | null }>(
    harness.database.db,
    "select status, error from app.webhook_deliveries order by created_at desc, id limit 1",
  );
  return row;
};

test("through a killed api, a killed worker and an outage of its receiver, each event arrives; each once by webhook-id, and signed", async () => {
  const { secret } = await harness.createWebhook(URL_);
  const batches: string[] = [];
  for (let at = 0; at < 6; at++) batches.push(await harness.createBatch([`w${at}.example`]));
  const key = await harness.createKey(["batches:cancel", "batches:read"]);
  const killed = await startApi(key);
  // Who ends a batch stands still where it tells of that, and has committed nothing.
  await harness.database.db.transaction(async (tx) => {
    await executeRawSql(tx, "lock table app.webhook_events in exclusive mode");
    const answers = batches.slice(0, 3).map((id) => killed.cancel(id).catch(() => "none"));
    const waiting =
      "select pid::text as id from pg_locks where not granted and relation = 'app.webhook_events'::regclass";
    await expect.poll(() => rows(waiting)).toHaveLength(answers.length);
    await killNow(killed.child);
    expect(await Promise.all(answers)).toEqual(answers.map(() => "none"));
  });
  const { cancel } = await startApi(key);
  for (const batchId of batches) expect(await cancel(batchId)).toBe(200);
  receiver.manner = "silent";
  const first = startWorker();
  await expect.poll(() => receiver.received.length, { interval: 50 }).toBe(AT_ONCE);
  await killNow(first);
  receiver.manner = "down";
  // Its leases would run out.
  const hurried = async <T>(look: () => Promise<T>): Promise<T> => {
    await hurry();
    return look();
  };
  startWorker();
  await expect
    .poll(() => hurried(async () => receiver.received.length), { interval: 200 })
    .toBeGreaterThan(2 * AT_ONCE);
  receiver.manner = 204;
  await expect
    .poll(() => hurried(states), { interval: 200 })
    .toEqual({ delivered: batches.length });

  const events = await rows("select 'msg_' || id as id from app.webhook_events");
  const byId = Map.groupBy(receiver.received, ({ id }) => id);
  expect([...byId.keys()].toSorted()).toEqual(events.map(({ id }) => id).toSorted());
  expect(receiver.received.length).toBeGreaterThan(batches.length);
  const told = Array.from(byId.values(), ([one]) => JSON.parse(one!.body) as Told);
  expect(told.map(({ data }) => data.batch_id).toSorted()).toEqual(batches.toSorted());
  for (const { headers, body } of receiver.received) {
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "batch.finished" });
    expect(byId.get(headers["webhook-id"]!)?.[0]?.body).toBe(body);
  }
});
interface Told {
  type: string;
  data: { batch_id: string };
}

test("a worker that is told to stop gives back what it sends, and another one sends it again", async () => {
  const { webhookId } = await harness.createWebhook(URL_);
  await harness.testWebhook(webhookId);
  receiver.manner = "silent";
  const first = startWorker();
  await expect.poll(() => receiver.received.length, { interval: 50 }).toBe(1);
  first.kill("SIGTERM");
  await ended(first);
  expect(await states()).toEqual({ pending: 1 });
  receiver.manner = 204;
  startWorker();
  await expect.poll(states, { interval: 50 }).toEqual({ delivered: 1 });
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
});

test("both secrets sign while one is rotated, and a foreign one does not", async () => {
  const { webhookId, secret } = await harness.createWebhook(URL_);
  const other = await harness.createWebhook("http://hook.example/other");
  await rows("update app.webhooks set secret_number = 2, former_until = now() + interval '1 hour'");
  await harness.testWebhook(webhookId);
  startWorker();
  await expect.poll(states, { interval: 50 }).toEqual({ delivered: 1 });
  const [{ headers, body }] = receiver.received as [Receiver["received"][number]];
  expect(headers["webhook-signature"]?.split(" ")).toHaveLength(2);
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "webhook.test" });
  expect(() => new Webhook(other.secret).verify(body, headers)).toThrow("No matching signature");
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow("No matching signature");
  expect(headers).toMatchObject({ "content-type": "application/json" });
});

test("an address that is not public is reached by nothing, and given up", async () => {
  for (const url of [
    `http://${receiver.address}/`,
    "http://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "http://2130706433/",
  ]) {
    const { webhookId } = await harness.createWebhook(url);
    await harness.testWebhook(webhookId);
  }
  startWorker();
  await expect.poll(states, { interval: 50 }).toEqual({ failed: 4 });
  expect(await rows("select error as id from app.webhook_deliveries group by error")).toEqual([
    { id: "blocked_address" },
  ]);
  expect(receiver.received).toEqual([]);
});

test("a redirect is not followed, and 410 disables the webhook", async () => {
  const { webhookId } = await harness.createWebhook(URL_);
  await harness.testWebhook(webhookId);
  receiver.manner = 302;
  startWorker();
  await expect.poll(lastTry, { interval: 50 }).toEqual({ status: 302, error: "http_302" });
  expect(receiver.received.map(({ headers }) => headers["host"])).toEqual(["hook.example"]);
  receiver.manner = 410;
  await hurry();
  const reasons = () => rows("select state || ' ' || coalesce(reason, '') as id from app.webhooks");
  await expect.poll(reasons, { interval: 50 }).toEqual([{ id: "inactive gone" }]);
  expect(await states()).toEqual({ failed: 1 });
});
