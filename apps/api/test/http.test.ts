import { createClient, isApiError } from "@scrapersky/client";
import { betterAuth } from "better-auth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const PLATFORM = "platform@skyline.example";

async function signIn(email: string, password = stack.user(email).password): Promise<Response> {
  return stack.post("/api/auth/sign-in/email", { email, password }, undefined, { origin: WEB_URL });
}

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

const clientOf = (email: string, tenant?: string) =>
  createClient({
    url: stack.url,
    apiKey: stack.user(email).apiKey,
    ...(tenant === undefined ? {} : { tenant }),
  });

describe("sign-in", () => {
  test("gives a cookie of this site that opens the person's tenant and no other", async () => {
    const answer = await signIn(OWNER);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/i);
    const cookie = cookieOf(answer);
    const me = await stack.get("/api/trpc/profiles.me", undefined, { cookie });
    expect(await me.json()).toMatchObject({
      result: {
        data: {
          name: "Maya Lindqvist",
          role: "owner",
          tenant: { slug: "skyline" },
          tenants: [{ slug: "skyline" }],
        },
      },
    });
    const foreign = await stack.get("/api/trpc/profiles.me", undefined, {
      cookie,
      "x-tenant": "harbor",
    });
    const unknown = await stack.get("/api/trpc/profiles.me", undefined, {
      cookie,
      "x-tenant": "nobody",
    });
    expect([foreign.status, unknown.status]).toEqual([404, 404]);

    await stack.post("/api/auth/sign-out", {}, undefined, { cookie, origin: WEB_URL });
    expect((await stack.get("/api/trpc/profiles.me", undefined, { cookie })).status).toBe(401);
  });

  test("refuses a wrong password and an unknown person alike", async () => {
    const wrong = await signIn(OWNER, "not the password");
    const unknown = await stack.post(
      "/api/auth/sign-in/email",
      { email: "no@where.example", password: "not the password" },
      undefined,
      { origin: WEB_URL },
    );
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
  });

  test("refuses other sites' pages", async () => {
    const { password } = stack.user(OWNER);
    const headers = { origin: "https://evil.example", cookie: "scrapersky.session_token=x" };
    const answer = await stack.post(
      "/api/auth/sign-in/email",
      { email: OWNER, password },
      undefined,
      headers,
    );
    expect(answer.status).toBe(403);
  });

  test("is all that the library of sign-ins offers: nobody signs up or changes who they are by it", async () => {
    const { api } = betterAuth({
      baseURL: WEB_URL,
      secret: "x".repeat(32),
      emailAndPassword: { enabled: true },
    });
    const offered = Object.values(api).flatMap((one) => {
      const { path, options } = one as { path?: string; options: { method: string | string[] } };
      return [options.method].flat().flatMap((method) => (path ? `${method} ${path}` : []));
    });
    expect(offered).toEqual(expect.arrayContaining(["POST /sign-up/email", "POST /update-user"]));
    const before = await stack.rows("select count(*) from app.users");
    const body = { email: "new@evil.example", password: "12345678901", name: "New" };
    const cookie = cookieOf(await signIn(OWNER));
    const answered: string[] = [];
    for (const one of offered) {
      const [method = "", path = ""] = one.split(" ");
      const answer = await fetch(`${stack.url}/api/auth${path}`, {
        method,
        headers: { origin: WEB_URL, "content-type": "application/json", cookie },
        ...(method === "POST" && { body: JSON.stringify(body) }),
      });
      if (answer.status !== 404) answered.push(one);
    }
    expect(answered).toEqual([
      "GET /get-session",
      "POST /get-session",
      "POST /sign-out",
      "POST /sign-in/email",
    ]);
    expect(await stack.rows("select count(*) from app.users")).toEqual(before);
  });

  test("stops listening to guesses of one person's password, also to a right one", async () => {
    const answers: number[] = [];
    for (let guess = 0; guess < 11; guess++)
      answers.push((await signIn(FAR_OWNER, `guess ${guess}`)).status);
    expect(answers).toEqual([...Array<number>(10).fill(401), 429]);
    const right = await signIn(FAR_OWNER);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await signIn(OWNER)).status).toBe(200);
  });

  test("ends with the person's profile", async () => {
    const cookie = cookieOf(await signIn(VIEWER));
    const status = async () =>
      (await stack.get("/api/trpc/profiles.me", undefined, { cookie })).status;
    expect(await status()).toBe(200);
    await stack.rows("update profiles set active = false where email = :email", { email: VIEWER });
    expect(await status()).toBe(401);
    await stack.rows("update profiles set active = true where email = :email", { email: VIEWER });
  });
});

describe("the typed client over HTTP", () => {
  test("creates a batch, follows it to its end and reads its jobs", async () => {
    const client = clientOf(OWNER, "skyline");
    const { batchId } = await client.batches.create.mutate({
      domains: ["one.example", "two.example"],
    });
    const seen: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      client.batches.onProgress.subscribe(
        { batchId },
        { onData: ({ data }) => seen.push(data.status), onComplete: resolve, onError: reject },
      );
    });
    await expect.poll(() => seen).toEqual(["pending"]);
    await client.batches.cancel.mutate({ batchId });
    await ended;
    expect(seen).toEqual(["pending", "cancelled"]);
    const [jobs, me, live] = await Promise.all([
      client.jobs.list.query({ batchId, order: "batch" }),
      client.profiles.me.query(),
      client.health.live.query(),
    ]);
    expect(jobs.items.map((job) => [job.domain, job.status])).toEqual([
      ["one.example", "cancelled"],
      ["two.example", "cancelled"],
    ]);
    expect([me.role, live.status]).toEqual(["owner", "ok"]);
  });

  test("hears a refusal in full, with the request's id and without anything inside", async () => {
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => undefined,
        (fault: unknown) => fault,
      );
      return isApiError(error) ? { message: error.message, ...error.data } : error;
    };
    const client = clientOf(VIEWER);
    expect(await refusal(client.batches.create.mutate({ domains: ["a.example"] }))).toMatchObject({
      message: "Forbidden",
      code: "FORBIDDEN",
      httpStatus: 403,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(
      await refusal(clientOf(OWNER).batches.create.mutate({ domains: [], maxPages: 0 })),
    ).toMatchObject({
      message: "The input is not valid.",
      httpStatus: 400,
      fieldErrors: { domains: expect.any(String), maxPages: expect.any(String) },
    });
    expect(await refusal(client.batches.byId.query({ batchId: "' or 1=1" }))).toMatchObject({
      message: "Batch not found",
      httpStatus: 404,
    });
    expect(await refusal(clientOf(OWNER, "harbor").profiles.me.query())).toMatchObject({
      httpStatus: 404,
    });
    expect(
      await refusal(createClient({ url: stack.url, apiKey: "sk_live_no" }).profiles.me.query()),
    ).toMatchObject({ httpStatus: 401 });
    expect(await refusal(clientOf(OWNER).health.database.query())).toMatchObject({
      httpStatus: 403,
    });
    expect(await clientOf(PLATFORM).health.database.query()).toMatchObject({
      status: "ok",
      pool: { max: 10 },
    });
  });

  test("may not put more than 20 calls into one request", async () => {
    const path = (count: number) =>
      `/api/trpc/${Array(count).fill("health.live").join(",")}?batch=1`;
    expect((await stack.get(path(20), OWNER)).status).toBe(200);
    const refused = await stack.get(path(21), OWNER);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { data: { requestId: refused.headers.get("x-request-id") } },
    });
  });
});

describe("a body of", () => {
  const LIMIT = 5 * 1024 * 1024;
  const LIST = 4 * LIMIT;
  /** JSON of exactly so many bytes. */
  const bodyOf = (bytes: number) => {
    const start = `{"domains":["a.example"],"label":"`;
    return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
  };
  const tooLarge = {
    message: expect.stringContaining("larger than 5 MB: send less at once"),
    data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, requestId: expect.any(String) },
  };

  const listTooLarge = { ...tooLarge, message: expect.stringContaining("larger than 20 MB") };

  test("5 MB is read, and of one byte more is refused as tRPC refuses", async () => {
    const most = await stack.post("/api/trpc/batches.cancel", bodyOf(LIMIT), OWNER);
    expect(most.status).toBe(400);
    expect(await most.json()).toMatchObject({
      error: { data: { fieldErrors: { batchId: expect.any(String) } } },
    });
    const more = await stack.post("/api/trpc/batches.cancel", bodyOf(LIMIT + 1), OWNER);
    expect(more.status).toBe(413);
    expect(await more.json()).toMatchObject({ error: tooLarge });
  });

  test("20 MB is read where it brings a list, and of one byte more is refused", async () => {
    const most = await stack.post("/api/trpc/batches.create", bodyOf(LIST), OWNER);
    expect(most.status).toBe(400);
    expect(await most.json()).toMatchObject({
      error: { data: { fieldErrors: { label: expect.any(String) } } },
    });
    const more = await stack.post("/api/trpc/batches.create", bodyOf(LIST + 1), OWNER);
    expect([more.status, await more.json()]).toMatchObject([413, { error: listTooLarge }]);
  });

  test("many calls is refused for each of them, of unknown length too", async () => {
    const path = "/api/trpc/batches.create,batches.cancel?batch=1";
    const sent = await stack.post(path, bodyOf(LIST + 1), OWNER);
    expect([sent.status, await sent.json()]).toMatchObject([
      413,
      [{ error: listTooLarge }, { error: listTooLarge }],
    ]);
    const streamed = await fetch(`${stack.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([bodyOf(LIST + 1)]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(streamed.status).toBe(413);
    const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
    const refusal: unknown = await client.batches.create
      .mutate({ domains: ["x".repeat(LIST)] })
      .catch((error: unknown) => error);
    expect(isApiError(refusal) && refusal.data).toMatchObject({ httpStatus: 413 });
  });

  test("5 MB is read by REST, and one byte more is refused in its own form", async () => {
    const path = "/api/v3/batch_page_scraper/batch";
    const most = await stack.post(path, bodyOf(LIMIT), OWNER);
    expect([most.status, await most.json()]).toMatchObject([
      422,
      { detail: [{ loc: ["body", "label"] }] },
    ]);
    const more = await stack.post(path, bodyOf(LIMIT + 1), OWNER);
    expect(more.status).toBe(413);
    expect(await more.json()).toMatchObject({
      error: true,
      status_code: 413,
      message: tooLarge.message,
    });
  });
});

test("health needs no key and tells no host", async () => {
  expect(await (await stack.get("/health")).json()).toEqual({ status: "ok" });
  expect(await (await stack.get("/health/ready")).json()).toEqual({ status: "ok", schema: null });
  const database = await (await stack.get("/health/database")).json();
  const check = { status: "ok", latency_ms: expect.any(Number) };
  expect(database).toEqual({
    status: "ok",
    message: "Database connection successful",
    checks: { direct: check, pooled: check },
  });
});

test("a request is one line of the log, without query, key, password or SQL", async () => {
  const secret = stack.user(OWNER).apiKey;
  await stack.get("/api/v3/jobs?limit=1&job_type=needle-in-the-query", OWNER, {
    "x-request-id": "find-this-line",
  });
  const lines = stack
    .logged()
    .split("\n")
    .filter((line) => line.includes("find-this-line"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    method: "GET",
    path: "/api/v3/jobs",
    status: 200,
    tenant: "skyline",
    ms: expect.any(Number),
  });
  const logged = stack.logged();
  for (const word of [
    secret,
    secret.slice(-48),
    stack.user(OWNER).password,
    "needle-in-the-query",
    "select ",
    "insert into",
  ]) {
    expect(logged).not.toContain(word);
  }
});

test("a list too long for an address is sorted all the same", async () => {
  const text = Array.from({ length: 5000 }, (_, at) => `n${at}.example`).join("\n");
  const { estimate } = await clientOf(OWNER).batches.validate.query({ text });
  expect(estimate.domains).toBe(5000);
});
