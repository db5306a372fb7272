// What the client does by itself when the line or the service fails, on a real api behind a line that can be cut.
import {
  createClient,
  exportTo,
  isConflict,
  isForbidden,
  isInvalidInput,
  isNotFound,
  isRateLimited,
  isTimeout,
  isUnauthorized,
  isUnreachable,
  pages,
  sync,
  watchBatch,
} from "@scrapersky/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

/** What becomes of the requests, one after the other; those after the last pass. */
type Fate = "lost" | "answer lost" | Response | "pass";

/** A client whose requests meet these fates, and how many it sent. */
function clientOn(
  fates: Fate[] = [],
  options: { email?: string; timeoutMs?: number; retries?: number } = {},
) {
  const { email = OWNER, ...rest } = options;
  const sent: string[] = [];
  const send: typeof fetch = async (address, init) => {
    sent.push(new URL(String(address)).pathname.replace("/api/trpc/", ""));
    const fate = fates.shift() ?? "pass";
    if (fate instanceof Response) return fate;
    if (fate === "lost") throw new TypeError("fetch failed");
    const answer = await fetch(address, init);
    if (fate === "pass") return answer;
    await answer.body?.cancel();
    throw new TypeError("terminated");
  };
  const { apiKey } = stack.user(email);
  return { client: createClient({ url: stack.url, apiKey, fetch: send, ...rest }), sent };
}
const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (fault: unknown) => fault,
  );
const refusing = (httpStatus: number, more: object = {}): Response =>
  Response.json(
    [{ error: { message: "no", code: -32_000, data: { code: "X", httpStatus, ...more } } }],
    { status: httpStatus },
  );
const batchCount = async (): Promise<number> =>
  (await stack.rows<{ n: number }>("select count(*)::int as n from batch_jobs"))[0]!.n;

describe("a call is tried again", () => {
  test("where it reads, until the line holds", async () => {
    const { client, sent } = clientOn(["lost", "answer lost"]);
    expect((await client.profiles.me.query()).email).toBe(OWNER);
    expect(sent).toEqual(["profiles.me", "profiles.me", "profiles.me"]);
  });

  test("no more often than was asked for", async () => {
    const { client, sent } = clientOn(["lost", "lost", "lost"], { retries: 1 });
    expect(isUnreachable(await faultOf(client.profiles.me.query()))).toBe(true);
    expect(sent).toHaveLength(2);
  });

  test("where it creates: with one key, so that a lost answer makes no second batch", async () => {
    const before = await batchCount();
    const { client, sent } = clientOn(["answer lost"]);
    const created = await client.batches.create.mutate({ domains: ["once.example"] });
    expect(created.replayed).toBe(true);
    expect([sent.length, await batchCount()]).toEqual([2, before + 1]);
    // Another call is another batch.
    await client.batches.create.mutate({ domains: ["once.example"] });
    expect(await batchCount()).toBe(before + 2);
  });

  test("not where it could do something twice", async () => {
    const { client, sent } = clientOn(["answer lost"]);
    const fault = await faultOf(client.batches.cancel.mutate({ batchId: crypto.randomUUID() }));
    expect([isUnreachable(fault), sent.length]).toEqual([true, 1]);
  });

  test("once the service asks for it, and not when that is too long to wait", async () => {
    const soon = clientOn([refusing(429, { retryAfterMs: 1 }), refusing(503, { retryAfterMs: 1 })]);
    expect((await soon.client.profiles.me.query()).email).toBe(OWNER);
    const late = clientOn([refusing(429, { retryAfterMs: 600_000 })]);
    const fault = await faultOf(late.client.profiles.me.query());
    expect([isRateLimited(fault), late.sent.length]).toEqual([true, 1]);
  });
});

test("a call that gets no answer ends at its time", async () => {
  const apiKey = "k";
  const silent: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal!.reason as Error));
    });
  const client = createClient({ url: stack.url, apiKey, fetch: silent, timeoutMs: 5, retries: 0 });
  expect(isTimeout(await faultOf(client.profiles.me.query()))).toBe(true);
});

test("a refusal is told by its kind", async () => {
  const { client } = clientOn();
  const unknown = crypto.randomUUID();
  expect(isNotFound(await faultOf(client.batches.byId.query({ batchId: unknown })))).toBe(true);
  expect(isInvalidInput(await faultOf(client.batches.create.mutate({ domains: [] })))).toBe(true);
  const viewer = clientOn([], { email: VIEWER }).client;
  expect(isForbidden(await faultOf(viewer.batches.create.mutate({ domains: ["a.example"] })))).toBe(
    true,
  );
  const nobody = createClient({ url: stack.url, apiKey: "sk_live_no" });
  expect(isUnauthorized(await faultOf(nobody.profiles.me.query()))).toBe(true);
  const key = { idempotencyKey: crypto.randomUUID() };
  await client.batches.create.mutate({ domains: ["a.example"], ...key });
  expect(
    isConflict(await faultOf(client.batches.create.mutate({ domains: ["b.example"], ...key }))),
  ).toBe(true);
});

test("pages bring each row once", async () => {
  const { client } = clientOn();
  const seen: string[] = [];
  for await (const items of pages(client.batches.list, { limit: 2 })) {
    expect(items.length).toBeLessThanOrEqual(2);
    seen.push(...items.map(({ batchId }) => batchId));
  }
  expect(seen).toHaveLength(new Set(seen).size);
  expect(seen).toHaveLength(await batchCount());
});

test("a watched batch is told from its beginning to its end, over breaks", async () => {
  const { client } = clientOn(["pass", "answer lost", "lost"]);
  const { batchId } = await client.batches.create.mutate({
    domains: ["one.example", "two.example"],
  });
  const seen: string[] = [];
  for await (const { status } of watchBatch(client, batchId)) {
    seen.push(status);
    if (status === "pending") await clientOn().client.batches.cancel.mutate({ batchId });
  }
  expect([seen[0], seen.at(-1)]).toEqual(["pending", "cancelled"]);
});

test("watching ends with the signal, and with a refusal", async () => {
  const { client } = clientOn();
  const { batchId } = await client.batches.create.mutate({ domains: ["one.example"] });
  const end = new AbortController();
  for await (const _ of watchBatch(client, batchId, { signal: end.signal })) end.abort();
  const unknown = watchBatch(client, crypto.randomUUID()).next();
  expect(isNotFound(await faultOf(unknown))).toBe(true);
});

test("a copy of the leads follows what is written and deleted, and begins again after a restore", async () => {
  const { client } = clientOn();
  const scan = (domain: string) =>
    stack.rows<{ id: string }>(
      `with d as (
         insert into domains (tenant_id, domain, created_by) select tenant_id, :domain, id from profiles
         where email = :email returning id, tenant_id, domain
       )
       insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan)
         select id, tenant_id, domain, domain, now(), now() from d returning domain_id as id`,
      { domain, email: OWNER },
    );
  const copy = new Map<string, string>();
  let cursor: string | undefined;
  const follow = async () => {
    for await (const part of sync(client, { cursor })) {
      if (part.fresh) copy.clear();
      for (const lead of part.leads) copy.set(lead.domainId, lead.domain);
      for (const id of part.gone) copy.delete(id);
      cursor = part.cursor;
    }
    return [...copy.values()].toSorted();
  };
  const before = await follow();
  const [first] = await scan("one-more.example");
  await scan("two-more.example");
  expect(await follow()).toEqual([...before, "one-more.example", "two-more.example"].toSorted());
  await stack.rows("delete from domains where id = :id::uuid", { id: first!.id });
  expect(await follow()).toEqual([...before, "two-more.example"].toSorted());
  copy.set("kept by mistake", "x.example");
  await stack.rows("update app.revision_epochs set cluster = 'elsewhere'");
  expect(await follow()).toEqual([...before, "two-more.example"].toSorted());
});

describe("an export", () => {
  const collect = () => {
    const parts: Uint8Array[] = [];
    const sink = new WritableStream<Uint8Array>({ write: (part) => void parts.push(part) });
    return { sink, text: () => Buffer.concat(parts).toString() };
  };

  test("arrives whole, and says what to call it", async () => {
    const { client } = clientOn();
    const { sink, text } = collect();
    const query = { columns: ["batch_id", "status"] };
    const done = await exportTo(client, { list: "batches", format: "csv", query }, sink);
    expect(text().split("\r\n").filter(Boolean)).toHaveLength((await batchCount()) + 1);
    expect(done).toMatchObject({
      exportId: expect.any(String),
      fileName: expect.stringMatching(/\.csv$/),
    });
    expect(done.bytes).toBe(Buffer.byteLength(text()));
  });

  test("that is refused says why", async () => {
    const { client } = clientOn([], { email: VIEWER });
    const question = { list: "leads", format: "csv" } as const;
    const refused = exportTo(client, question, collect().sink);
    await expect(refused).rejects.toMatchObject({
      name: "ExportError",
      status: 403,
      requestId: expect.any(String),
    });
    const wrong = exportTo(
      clientOn().client,
      { ...question, query: { order: "nope" } },
      collect().sink,
    );
    await expect(wrong).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining("order"),
    });
  });

  test("that breaks off fails, and the sink is told", async () => {
    const part = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("half"));
        controller.error(new TypeError("terminated"));
      },
    });
    const { client } = clientOn([new Response(part)]);
    let told: unknown;
    const sink = new WritableStream<Uint8Array>({ abort: (reason) => void (told = reason) });
    await expect(exportTo(client, { list: "leads", format: "csv" }, sink)).rejects.toThrow(
      "terminated",
    );
    expect(told).toBeInstanceOf(TypeError);
  });
});
