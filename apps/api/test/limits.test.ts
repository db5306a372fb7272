import { createClient, isRateLimited } from "@scrapersky/client";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiServer, startServer } from "../src/server.ts";
import { TOO_MANY } from "../src/limit/too-many.ts";
import { OPERATIONS } from "./operations.ts";
import { FAR_OWNER, OWNER, ownAddress, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

const LIMITS = { LIMIT_KEY: 6, LIMIT_KEY_BURST: 3, LIMIT_PERSON: 4, LIMIT_ADDRESS: 5 };
const SIGN_IN = "/api/auth/sign-in/email";
const JOBS = "/api/v3/jobs";

let stack: Stack;
/** Another api on the same database. */
let other: ApiServer;
let address: Record<string, string>;
beforeAll(async () => {
  stack = await startStack(LIMITS);
  other = await startServer(
    {
      DATABASE_URL: stack.databaseUrl,
      API_PORT: 0,
      API_HOST: "127.0.0.1",
      WEB_URL,
      AUTH_SECRET: "a secret of forty characters for the test",
      ...LIMITS,
    },
    pino({ level: "silent" }),
  );
});
afterAll(async () => {
  await other.close();
  await stack.close();
});
beforeEach(() => (address = ownAddress()));

const keyOf = (email: string) => ({ authorization: `Bearer ${stack.user(email).apiKey}` });
const ask = (url: string, path: string, headers: Record<string, string>) =>
  fetch(url + path, { headers: { ...address, ...headers } });

/** Asks so often, of both apis in turn, and gives the statuses and the last answer. */
async function askOften(times: number, path: string, headers: Record<string, string>) {
  const answers: Response[] = [];
  for (let call = 0; call < times; call++) {
    answers.push(await ask([stack.url, other.url][call % 2]!, path, headers));
  }
  return { statuses: answers.map(({ status }) => status), last: answers.at(-1)! };
}

const times = (count: number, status: number) => Array<number>(count).fill(status);

test("a key has its minute and its burst, over two apis, REST and procedures together", async () => {
  const first = await ask(stack.url, JOBS, keyOf(OWNER));
  expect(first.headers.get("ratelimit-policy")).toBe('"key";q=6;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"key";r=5;t=(60|59)$/);
  const procedure = await ask(other.url, "/api/trpc/profiles.me", keyOf(OWNER));
  expect(procedure.headers.get("ratelimit")).toMatch(/^"key";r=4;t=\d+$/);

  const { statuses, last } = await askOften(8, JOBS, keyOf(OWNER));
  expect(statuses).toEqual([...times(7, 200), 429]);
  expect(last.headers.get("ratelimit-policy")).toBe('"key";q=6;w=60, "burst";q=3;w=300');
  expect(last.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+, "burst";r=0;t=\d+$/);
  const wait = Number(last.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await last.json()).toMatchObject({
    error: true,
    status_code: 429,
    code: "RATE_LIMITED",
    message: expect.stringContaining("more calls than are taken"),
  });

  const client = createClient({ url: other.url, apiKey: stack.user(OWNER).apiKey, retries: 0 });
  const refused: unknown = await client.profiles.me.query().catch((error: unknown) => error);
  expect(isRateLimited(refused) && refused.data).toMatchObject({
    httpStatus: 429,
    errorCode: "RATE_LIMITED",
    retryAfterMs: expect.any(Number),
  });
  expect((await ask(stack.url, JOBS, keyOf(FAR_OWNER))).status).toBe(200);
});

test("every route that is documented says what it answers then", async () => {
  await askOften(10, JOBS, keyOf(OWNER));
  for (const { operationId, method, path, responses } of OPERATIONS) {
    const isOpen = responses[401] === undefined;
    const headers = isOpen ? address : keyOf(OWNER);
    if (isOpen) await askOften(5, JOBS, {});
    const url = stack.url + path.replace("{format}", "csv");
    const answer = await fetch(url, { method, headers });
    expect([operationId, answer.status]).toEqual([operationId, 429]);
    expect(responses).toHaveProperty("429");
    const { code, message } = (await answer.json()) as { code: string; message: string };
    expect([code, message]).toEqual(["RATE_LIMITED", TOO_MANY]);
  }
});

test("of a request with many calls each counts", async () => {
  const path = `/api/trpc/${times(7, 0)
    .map(() => "profiles.me")
    .join(",")}?batch=1&input=%7B%7D`;
  expect((await ask(stack.url, path, keyOf(VIEWER))).status).toBe(429);
});

describe("an address that is nobody's", () => {
  test.each([
    ["without a key", JOBS, {}, 401],
    ["with a wrong key", JOBS, { authorization: "Bearer sk_live_wrong" }, 401],
    ["that asks procedures", "/api/trpc/profiles.me", {}, 401],
    ["that reads the document", "/api/openapi.json", {}, 200],
    ["that asks for a session", "/api/auth/get-session", {}, 200],
    ["that asks whether we are well", "/api/v3/batch_page_scraper/health", {}, 200],
  ])("%s is held", async (_who, path, headers, status) => {
    const { statuses, last } = await askOften(6, path, headers as Record<string, string>);
    expect(statuses).toEqual([...times(5, status), 429]);
    expect(last.headers.get("ratelimit")).toMatch(/^"address";r=0;t=\d+$/);
    const elsewhere = await fetch(stack.url + path, { headers: { ...ownAddress(), ...headers } });
    expect(elsewhere.status).toBe(status);
  });

  test("does not hold a key that calls from there", async () => {
    await askOften(6, JOBS, {});
    expect((await ask(stack.url, JOBS, keyOf("operator@skyline.example"))).status).toBe(200);
  });

  test("may look at our health as often as it likes", async () => {
    expect((await askOften(12, "/health", {})).statuses).toEqual(times(12, 200));
  });
});

describe("a person", () => {
  let cookie: string;
  beforeAll(async () => {
    const { email, password } = stack.user(VIEWER);
    const answer = await stack.post(SIGN_IN, { email, password }, undefined, { origin: WEB_URL });
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
  });

  test("is counted apart from the pages that our web server draws for them", async () => {
    const me = "/api/trpc/profiles.me";
    const drawn = { cookie, "x-scrapersky-draws-page": "1" };
    expect((await askOften(10, me, drawn)).statuses).toEqual(times(10, 200));
    const { statuses, last } = await askOften(5, me, { cookie });
    expect(statuses).toEqual([...times(4, 200), 429]);
    expect(last.headers.get("ratelimit")).toMatch(/^"person";r=0;t=\d+$/);
    expect((await askOften(11, me, drawn)).statuses).toEqual([...times(10, 200), 429]);
  });
});

test("ten failed sign-ins of one person from one address are the last, over two apis, and lock nobody else out", async () => {
  const signIn = (url: string, email: string, password: string, from = ownAddress()) =>
    fetch(url + SIGN_IN, {
      method: "POST",
      headers: { "content-type": "application/json", origin: WEB_URL, ...from },
      body: JSON.stringify({ email, password }),
    });
  // The limit of an address is lower here than that of its failures.
  const first = await signIn(stack.url, OWNER, "a guess", address);
  expect(first.headers.get("ratelimit")).toMatch(/^"address";r=4/);
  await stack.rows(
    "update app.rate_limits set points = 10 where left(key, 8) = 'sign-in:' and points = 1",
  );
  const { password } = stack.user(OWNER);
  const refused = await signIn(other.url, OWNER, password, address);
  expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([
    429,
    expect.closeTo(300, -1),
  ]);
  expect(await refused.json()).toMatchObject({ code: "TOO_MANY_TRIES" });
  expect((await signIn(other.url, OWNER, password)).status).toBe(200);

  const from = Object.values(address)[0];
  const [profile] = await stack.rows<{ id: string }>(
    "select id from profiles where email = :email",
    { email: OWNER },
  );
  const id = profile?.id;
  expect(
    await stack.rows(
      `select a.actor_id, a.target_id, t.name as tenant, a.detail, a.source from app.audit_log a
       join tenants t on t.id = a.tenant_id where a.action = 'sign-in.fail'`,
    ),
  ).toEqual([
    {
      actor_id: null,
      target_id: id,
      tenant: expect.any(String),
      detail: { address: from, email: OWNER },
      source: "sign-in",
    },
  ]);
  const lines = stack.logged().split("\n");
  expect(lines.filter((line) => line.includes("sign-in failed")).join()).toMatch(
    new RegExp(`"person":"${id}","address":"${from}"`),
  );
});
