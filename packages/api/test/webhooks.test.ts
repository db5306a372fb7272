import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { type Delivery, WEBHOOK_FAILURES_MAX, WEBHOOKS_MAX } from "../src/contract.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  recordDelivery,
  releaseDelivery,
  tellExpiringKeys,
  tellFailures,
  type TryResult,
} from "../src/services.ts";
import { secretOf } from "../src/webhook/secret-of.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { createWorld, WEBHOOKS_KEY, type World } from "./world.ts";

const URL_ = "https://hook.example/scrapersky?from=us";
const ALL = ["batch.finished", "batch.failed", "job.failed", "key.expiring"] as const;

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "developer");
});
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.webhooks");
  await world.rows("delete from app.webhook_events");
  await world.rows("delete from app.webhook_failures");
  await world.rows("delete from app.notifications");
});
afterAll(() => world.close());

const write: World["database"]["db"]["transaction"] = (work) => world.database.db.transaction(work);
const claim = (most = 16) => write((tx) => claimDeliveries(tx, { key: WEBHOOKS_KEY, most }));
const OK: TryResult = { kind: "answered", status: 204, retryAfterMs: undefined };
const DOWN: TryResult = { kind: "failed", code: "connect_refused" };
const record = ({ deliveryId, tries }: ClaimedDelivery, result: TryResult) =>
  write((tx) => recordDelivery(tx, { deliveryId, tries, result, durationMs: 12 }, 0));
const deliveries = async (): Promise<Delivery[]> =>
  (await api.deliveries.list({})).items.toReversed();
const told = async () =>
  (await claim()).map(
    ({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
  );

/** A batch whose sites end like this. */
async function endBatch(...outcomes: ReturnType<typeof done>[]): Promise<string> {
  const owner = await world.caller(world.tenants.near, "owner");
  const { batchId } = await owner.batches.create({
    domains: outcomes.map((_, at) => `${at}-${randomUUID()}.example`),
  });
  const claims = await claimJobs(world, outcomes.length);
  for (const [at, one] of claims.entries()) await recordClaim(world, one, outcomes[at]!);
  return batchId;
}

describe("a webhook", () => {
  test("is told with its secret once, which no table holds", async () => {
    const { secret, replayed, ...made } = await api.webhooks.create({
      url: URL_,
      events: [...ALL],
    });
    expect(made).toMatchObject({
      url: URL_,
      events: ALL,
      state: "active",
      reason: null,
      formerUntil: null,
      failures: 0,
      createdBy: { name: "developer" },
    });
    expect([secret.startsWith("whsec_"), replayed]).toEqual([true, false]);
    expect(await api.webhooks.byId({ webhookId: made.webhookId })).toEqual(made);
    expect((await api.webhooks.list({})).items).toEqual([made]);
    const texts = await world.rows<{ text: string }>(
      `select to_jsonb(t)::text as text from app.webhooks t union all select to_jsonb(t)::text from app.audit_log t
       union all select to_jsonb(t)::text from app.idempotency_keys t`,
    );
    expect(texts.filter(({ text }) => text.includes(secret.slice(6, 20)))).toEqual([]);
  });

  test("asked for twice with one key is made once, and its secret is told again", async () => {
    const input = { url: URL_, events: [...ALL], idempotencyKey: randomUUID() };
    const [first, second] = [await api.webhooks.create(input), await api.webhooks.create(input)];
    expect(second).toEqual({ ...first, replayed: true });
    expect((await api.webhooks.list({})).items).toHaveLength(1);
  });

  test.each([
    ["ftp://hook.example/", "no web address"],
    ["hook.example", "no address"],
    ["https://me:pw@hook.example/", "a password in it"],
    [`https://hook.example/${"x".repeat(1_980)}`, "one too long"],
  ])("at %s is refused: %s", async (url) => {
    await expect(api.webhooks.create({ url, events: [...ALL] })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  test("without events, or with one that there is not, is refused", async () => {
    for (const events of [[], ["batch.gone"]] as never[]) {
      await expect(api.webhooks.create({ url: URL_, events })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
  });

  test("cannot be made by a server that has no key for secrets", async () => {
    const off = await world.caller(world.tenants.near, "owner", { webhooksKey: null });
    await expect(off.webhooks.create({ url: URL_, events: [...ALL] })).rejects.toMatchObject({
      cause: { details: { errorCode: "WEBHOOKS_OFF" } },
    });
  });

  test(`is one of at most ${WEBHOOKS_MAX} of a tenant, also when several are made at once`, async () => {
    const make = () => api.webhooks.create({ url: URL_, events: [...ALL] });
    for (let at = 1; at < WEBHOOKS_MAX; at++) await make();
    const answers = await Promise.allSettled([make(), make(), make()]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(make()).rejects.toMatchObject({
      cause: { details: { errorCode: "TOO_MANY_WEBHOOKS" } },
    });
  });

  test("is changed by whoever saw it as it is", async () => {
    const { webhookId, updatedAt } = await api.webhooks.create({ url: URL_, events: [...ALL] });
    const patch = { url: "https://other.example/#here", events: ["job.failed" as const] };
    const change = () => api.webhooks.update({ webhookId, expectedUpdatedAt: updatedAt, patch });
    expect(await change()).toMatchObject({ url: "https://other.example/", events: ["job.failed"] });
    await expect(change()).rejects.toMatchObject({ cause: { details: { errorCode: "STALE" } } });
  });

  test("whose secret is rotated signs with both for the overlap, and with one after it or without it", async () => {
    const made = await api.webhooks.create({ url: URL_, events: [...ALL] });
    const { webhookId } = made;
    const secretsNow = async (): Promise<string[]> => {
      await api.webhooks.test({ webhookId });
      const [one] = await claim();
      await record(one!, OK);
      return one!.secrets;
    };
    expect(await secretsNow()).toEqual([made.secret]);
    const second = await api.webhooks.rotate({ webhookId });
    expect(second.formerUntil).not.toBeNull();
    expect(await secretsNow()).toEqual([second.secret, made.secret]);
    await world.rows("update app.webhooks set former_until = now()");
    expect(await secretsNow()).toEqual([second.secret]);
    const third = await api.webhooks.rotate({ webhookId, overlapHours: 0 });
    expect(third.formerUntil).toBeNull();
    expect(await secretsNow()).toEqual([third.secret]);
    expect(third.secret).toBe(secretOf(WEBHOOKS_KEY, { webhookId, number: 3 }));
    for (const overlapHours of [-1, 169, 0.5]) {
      await expect(api.webhooks.rotate({ webhookId, overlapHours })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
  });
});

describe("what is told", () => {
  test("a batch that ended, as what it did: failed apart from everything else", async () => {
    await api.webhooks.create({ url: URL_, events: ["batch.finished", "batch.failed"] });
    const partial = await endBatch(done(), failed());
    const lost = await endBatch(failed());
    const owner = await world.caller(world.tenants.near, "owner");
    const { batchId: cancelled } = await owner.batches.create({ domains: ["x.example"] });
    await owner.batches.cancel({ batchId: cancelled });
    const messages = await told();
    expect(messages).toMatchObject([
      {
        type: "batch.finished",
        data: {
          batch_id: partial,
          status: "partial",
          total_domains: 2,
          completed_domains: 1,
          failed_domains: 1,
          ended_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
        },
      },
      { type: "batch.failed", data: { batch_id: lost, status: "failed" } },
      { type: "batch.finished", data: { batch_id: cancelled, status: "cancelled" } },
    ]);
  });

  test("only those that asked for it, of the tenant that it happened to", async () => {
    const far = await world.caller(world.tenants.far, "owner");
    await far.webhooks.create({ url: URL_, events: [...ALL] });
    const { webhookId } = await api.webhooks.create({ url: URL_, events: ["batch.finished"] });
    const other = await api.webhooks.create({ url: URL_, events: ["batch.failed"] });
    const silent = await api.webhooks.create({ url: URL_, events: [...ALL] });
    await api.webhooks.disable({ webhookId: silent.webhookId });
    await endBatch(done());
    expect((await deliveries()).map((one) => one.webhookId)).toEqual([webhookId]);
    expect((await far.deliveries.list({})).items).toEqual([]);
    await api.webhooks.delete({ webhookId });
    await api.webhooks.delete({ webhookId: other.webhookId });
    await endBatch(done());
    expect(
      await world.rows("select from app.webhook_events where type <> 'batch.finished'"),
    ).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });

  test("nothing of what was rolled back, and of what was committed all", async () => {
    await api.webhooks.create({ url: URL_, events: ["batch.finished"] });
    const owner = await world.caller(world.tenants.near, "owner");
    const { batchId } = await owner.batches.create({ domains: ["y.example"] });
    const undone = world.caller(world.tenants.near, "owner", {
      db: {
        ...world.database.db,
        transaction: ((work: never) =>
          world.database.db.transaction(async (tx) => {
            await (work as (tx: unknown) => Promise<unknown>)(tx);
            throw new Error("undone");
          })) as never,
      } as never,
    });
    await expect((await undone).batches.cancel({ batchId })).rejects.toThrow(
      "Internal server error",
    );
    expect(await world.rows("select from app.webhook_events")).toEqual([]);
    await owner.batches.cancel({ batchId });
    expect(await told()).toHaveLength(1);
  });

  test("jobs that failed within some seconds as one, and no job of nobody who asked", async () => {
    await endBatch(failed());
    expect(await world.rows("select from app.webhook_failures")).toEqual([]);
    await api.webhooks.create({ url: URL_, events: ["job.failed"] });
    const batchId = await endBatch(failed(), done(), failed());
    await write(tellFailures);
    expect(await told()).toEqual([]);
    await world.rows("update app.webhook_failures set due_at = now()");
    const [one, two] = await Promise.all([write(tellFailures), write(tellFailures)]);
    expect([one, two]).toEqual([false, false]);
    expect(await told()).toMatchObject([
      { type: "job.failed", data: { batch_id: batchId, jobs: 2, since: expect.any(String) } },
    ]);
    expect(await world.rows("select from app.webhook_failures")).toEqual([]);
  });

  test("a key that expires within seven days once, and again when its end is another", async () => {
    await api.webhooks.create({ url: URL_, events: ["key.expiring"] });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const owner = await world.caller(world.tenants.near, "owner");
    const make = (name: string, expiresAt: string | null) =>
      owner.keys.create({ holder: "service", name, scopes: ["jobs:read"], expiresAt });
    const soon = await make("Soon", inDays(6.99));
    await make("Later", inDays(7.01));
    await make("Never", null);
    const revoked = await make("Revoked", inDays(1));
    await owner.keys.revoke({ keyId: revoked.keyId });
    await write(tellExpiringKeys);
    await Promise.all([write(tellExpiringKeys), write(tellExpiringKeys)]);
    const messages = await told();
    expect(messages).toMatchObject([{ type: "key.expiring", data: { key_id: soon.keyId } }]);
    expect(JSON.stringify(messages)).not.toContain(soon.key.split("_")[3]);
    await owner.keys.rotate({ keyId: soon.keyId, overlapHours: 24 });
    await write(tellExpiringKeys);
    // The new one lives as long again, and so is told as well.
    expect((await told()).map(({ data }) => data["key_id"])).toContain(soon.keyId);
  });
});

describe("a delivery", () => {
  let webhookId: string;
  beforeEach(async () => {
    ({ webhookId } = await api.webhooks.create({ url: URL_, events: ["batch.finished"] }));
  });

  test("is claimed by one worker, with the same id and bytes each time, until somebody takes it", async () => {
    await api.webhooks.test({ webhookId });
    const [first, second] = await Promise.all([claim(), claim()]);
    expect([...first, ...second]).toHaveLength(1);
    const [one] = [...first, ...second];
    expect(await record(one!, DOWN)).toEqual({ move: "retry", webhookId, isDisabled: false });
    const [again] = await claim();
    expect(again).toMatchObject({ tries: 2, messageId: one!.messageId, body: one!.body });
    await record(again!, OK);
    expect(await claim()).toEqual([]);
    const [row] = await deliveries();
    expect(row).toMatchObject({
      state: "delivered",
      tries: 2,
      status: 204,
      error: null,
      dueAt: null,
    });
    const { log, data } = await api.deliveries.byId({ deliveryId: row!.deliveryId });
    expect(data).toEqual({ webhook_id: webhookId });
    expect(log).toMatchObject([
      { number: 2, status: 204, error: null, durationMs: 12 },
      { number: 1, status: null, error: "connect_refused" },
    ]);
    expect(one!.messageId).toBe(`msg_${row!.eventId}`);
  });

  test("whose worker vanished is claimed by the next one, and the first one's word counts no more", async () => {
    await api.webhooks.test({ webhookId });
    const [lost] = await claim();
    await world.rows("update app.webhook_deliveries set due_at = now()");
    const [next] = await claim();
    expect(next).toMatchObject({ messageId: lost!.messageId, tries: 2 });
    expect(await record(lost!, OK)).toBeUndefined();
    expect(await write((tx) => releaseDelivery(tx, lost!))).toBe(false);
    expect(await write((tx) => releaseDelivery(tx, next!))).toBe(true);
    expect(await claim()).toHaveLength(1);
  });

  test("is one of four of its webhook at once, so that others have their turn", async () => {
    const other = await api.webhooks.create({ url: "https://slow.example/", events: [...ALL] });
    for (let at = 0; at < 6; at++) await api.webhooks.test({ webhookId: other.webhookId });
    await api.webhooks.test({ webhookId });
    const urls = (claims: ClaimedDelivery[]) => claims.map(({ url }) => new URL(url).host);
    const claims = await claim();
    expect(urls(claims).toSorted()).toEqual(["hook.example", ...Array(4).fill("slow.example")]);
    expect(await claim()).toEqual([]);
    await record(
      claims.find(({ url }) => url.includes("slow"))!,
      OK,
    );
    expect(urls(await claim())).toEqual(["slow.example"]);
  });

  test("waits while its tenant is switched off", async () => {
    await api.webhooks.test({ webhookId });
    await world.rows("update tenants set is_active = false");
    expect(await claim()).toEqual([]);
    await world.rows("update tenants set is_active = true");
    expect(await claim()).toHaveLength(1);
  });

  test("that nobody took in a day is given up after one more try, and not before", async () => {
    await api.webhooks.test({ webhookId });
    await world.rows("update app.webhook_deliveries set give_up_at = now() + interval '1 minute'");
    const [one] = await claim();
    expect(await record(one!, DOWN)).toMatchObject({ move: "retry" });
    await world.rows("update app.webhook_deliveries set give_up_at = now()");
    const [last] = await claim();
    expect(await record(last!, DOWN)).toMatchObject({ move: "giveUp", isDisabled: false });
    expect(await deliveries()).toMatchObject([{ state: "failed", error: "connect_refused" }]);
    expect(await api.webhooks.byId({ webhookId })).toMatchObject({ failures: 1, state: "active" });
  });

  test("to a receiver that is gone disables its webhook at once, and ends what else is on its way", async () => {
    await api.webhooks.test({ webhookId });
    const [one] = await claim();
    await api.webhooks.test({ webhookId });
    const GONE: TryResult = { kind: "answered", status: 410, retryAfterMs: undefined };
    expect(await record(one!, GONE)).toEqual({ move: "goneAway", webhookId, isDisabled: true });
    expect(await api.webhooks.byId({ webhookId })).toMatchObject({
      state: "inactive",
      reason: "gone",
    });
    expect((await deliveries()).map(({ state, error }) => [state, error])).toEqual([
      ["failed", "http_410"],
      ["failed", "disabled"],
    ]);
    expect(await claim()).toEqual([]);
    await expect(api.webhooks.test({ webhookId })).rejects.toMatchObject({
      cause: { details: { errorCode: "WEBHOOK_DISABLED" } },
    });
  });

  test(`is the ${WEBHOOK_FAILURES_MAX}th that was given up in a row: its webhook is disabled, and who may enable it is told`, async () => {
    const giveUp = async (result: TryResult) => {
      await api.webhooks.test({ webhookId });
      await world.rows("update app.webhook_deliveries set give_up_at = now()");
      const [one] = await claim();
      return record(one!, result);
    };
    for (let at = 1; at < WEBHOOK_FAILURES_MAX; at++) await giveUp(DOWN);
    expect(await giveUp(OK)).toMatchObject({ isDisabled: false });
    for (let at = 1; at < WEBHOOK_FAILURES_MAX; at++) {
      expect(await giveUp(DOWN)).toMatchObject({ isDisabled: false });
    }
    expect(await giveUp(DOWN)).toMatchObject({ isDisabled: true });
    const latest = async (role: "owner" | "developer" | "operator") =>
      (await world.caller(world.tenants.near, role)).notifications.latest();
    for (const role of ["owner", "developer"] as const) {
      expect(await latest(role)).toMatchObject({
        unread: 1,
        items: [{ kind: "webhook", webhook: { webhookId, url: URL_, reason: "failing" } }],
      });
    }
    expect((await latest("operator")).items).toEqual([]);
    const [audit] = await world.rows(
      "select detail, source from app.audit_log where action = 'webhooks.disable' order by id desc limit 1",
    );
    expect(audit).toEqual({ detail: { reason: "failing" }, source: "worker" });
    expect(await api.webhooks.enable({ webhookId })).toMatchObject({
      state: "active",
      failures: 0,
    });
  });

  test("that is over can be sent anew, with the id it had and a day of its own", async () => {
    await api.webhooks.test({ webhookId });
    const [one] = await claim();
    await record(one!, OK);
    const { deliveryId } = one!;
    expect(await api.deliveries.replay({ deliveryId })).toMatchObject({ state: "pending" });
    const [again] = await claim();
    expect(again).toMatchObject({ messageId: one!.messageId, tries: 2 });
    // On its way it is answered as it is.
    expect(await api.deliveries.replay({ deliveryId })).toMatchObject({ state: "sending" });
    await record(again!, DOWN);
    const [row] = await world.rows<{ hours: number; late: boolean }>(
      `select round(extract(epoch from give_up_at - now()) / 3600)::int as hours, due_at > now() + interval '10 seconds' as late
       from app.webhook_deliveries`,
    );
    expect(row).toEqual({ hours: 24, late: false });
  });

  test("is one of all that failed since a moment and are sent anew together", async () => {
    for (let at = 0; at < 3; at++) await api.webhooks.test({ webhookId });
    await api.webhooks.disable({ webhookId });
    await world.rows(
      "update app.webhook_deliveries set created_at = now() - interval '2 days' where id = (select id from app.webhook_deliveries order by created_at, id limit 1)",
    );
    await expect(api.deliveries.replayFailed({ webhookId })).rejects.toMatchObject({
      cause: { details: { errorCode: "WEBHOOK_DISABLED" } },
    });
    await api.webhooks.enable({ webhookId });
    const since = new Date(Date.now() - 86_400_000).toISOString();
    const { deliveries: calls } = api;
    expect(await calls.replayFailed({ webhookId, since })).toEqual({ replayed: 2, hasMore: false });
    expect(await calls.replayFailed({ webhookId })).toEqual({ replayed: 1, hasMore: false });
    expect(await claim()).toHaveLength(3);
  });

  test("is told in order with its webhook's others, by its state", async () => {
    const other = await api.webhooks.create({ url: URL_, events: [...ALL] });
    await api.webhooks.test({ webhookId });
    await api.webhooks.test({ webhookId: other.webhookId });
    const of = async (filters: object) =>
      (await api.deliveries.list(filters)).items.map((one) => one.webhookId);
    expect(await of({})).toEqual([other.webhookId, webhookId]);
    expect(await of({ webhookId })).toEqual([webhookId]);
    expect(await of({ webhookId: "nothing" })).toEqual([]);
    expect(await of({ state: ["delivered"] })).toEqual([]);
  });
});
