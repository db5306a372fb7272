import { createClient } from "@scrapersky/client";
import { gunzipSync } from "node:zlib";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OWNER, type Stack, startStack } from "./stack.ts";

const HTTPS = "https://sky.example";
let stack: Stack;
beforeAll(async () => (stack = await startStack({ WEB_URL: HTTPS })));
afterAll(() => stack.close());

const BATCH = "/api/v3/batch_page_scraper/batch";
const keyOf = (email: string) => `Bearer ${stack.user(email).apiKey}`;

describe("every answer", () => {
  test.each([
    ["/health", 200],
    ["/api/openapi.json", 200],
    ["/api/docs", 200],
    ["/api/v3/jobs", 401],
    ["/api/v3/nothing", 404],
    ["/api/trpc/profiles.me", 401],
    ["/api/auth/get-session", 200],
    ["/nothing", 404],
  ])("%s is taken for what it is, and keeps browsers with https", async (path, status) => {
    const answer = await stack.get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("of the document's page is shown in no frame", async () => {
    const { headers } = await stack.get("/api/docs");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

test("without https nobody is kept with it", async () => {
  const plain = await startStack();
  expect((await plain.get("/health")).headers.has("strict-transport-security")).toBe(false);
  await plain.close();
});

test("a key in the address of a stream or a call is no key", async () => {
  const params = encodeURIComponent(JSON.stringify({ authorization: keyOf(OWNER) }));
  const input = encodeURIComponent(JSON.stringify({ batchId: "any" }));
  for (const path of [
    `/api/trpc/batches.onProgress?connectionParams=${params}&input=${input}`,
    `/api/trpc/profiles.me?connectionParams=${params}`,
  ]) {
    const answer = await stack.get(path, undefined, { accept: "text/event-stream" });
    expect(await answer.text()).toContain("Not authenticated");
  }
});

describe("an Idempotency-Key as a header", () => {
  const headers = { "idempotency-key": "in a header" };
  const create = (body: object, email = OWNER) =>
    stack.post("/api/trpc/batches.create", body, email, headers);

  test("makes one batch of two calls, and says of the second that it did nothing", async () => {
    const body = { domains: ["one.example"] };
    const [first, second] = [await create(body), await create(body)];
    expect(
      [first, second].map(({ status, headers: told }) => [status, told.get("idempotent-replayed")]),
    ).toEqual([
      [200, null],
      [200, "true"],
    ]);
    const batchOf = async (answer: Response) =>
      ((await answer.json()) as { result: { data: { batchId: string } } }).result.data.batchId;
    expect(await batchOf(second)).toBe(await batchOf(first));
    const other = await create({ domains: ["two.example"] });
    expect([other.status, await other.json()]).toMatchObject([
      409,
      { error: { data: { errorCode: "IDEMPOTENCY_MISMATCH" } } },
    ]);
  });

  test.each([
    ["/api/v3/views", { list: "jobs", name: "Failed", query: "status=failed" }],
    ["/api/v3/suppressions", { entries: ["never.example"] }],
    ["/api/v3/profiles", { email: "invited@once.example", role: "viewer" }],
  ])("makes one of two calls of POST %s, and says so", async (path, body) => {
    const ask = () => stack.post(path, body, OWNER, headers);
    const [first, second] = [await ask(), await ask()];
    expect([first.status, first.headers.get("idempotent-replayed")]).toEqual([200, null]);
    expect([second.status, second.headers.get("idempotent-replayed")]).toEqual([200, "true"]);
    const [made, again] = [await first.json(), await second.json()] as Record<string, unknown>[];
    // The link of an invitation is told once.
    const { link: _once, expires_at: _end, ...told } = made!;
    expect(again).toMatchObject(told);
  });

  test("makes one API key of two calls, and refuses the second: a secret is told once", async () => {
    const key = { name: "Once", scopes: ["jobs:read"] };
    const ask = () => stack.post("/api/v3/keys", key, OWNER, headers);
    expect((await ask()).status).toBe(200);
    const again = await ask();
    expect([again.status, await again.json()]).toMatchObject([409, { code: "SECRET_TOLD" }]);
    const listed = await stack.get("/api/v3/keys?q=Once", OWNER);
    expect(await listed.json()).toMatchObject({ data: { length: 1 } });
  });

  test("gives way to the key of the input, and is looked at where it is too long", async () => {
    const own = await create({ domains: ["two.example"], idempotencyKey: "in the input" });
    expect(own.status).toBe(200);
    const long = { "idempotency-key": "x".repeat(256) };
    const answer = await stack.post(
      "/api/trpc/batches.create",
      { domains: ["a.example"] },
      OWNER,
      long,
    );
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { data: { fieldErrors: { idempotencyKey: expect.any(String) } } } },
    ]);
  });

  test("is refused for several calls that create, and means nothing to others", async () => {
    const path = "/api/trpc/batches.create,batches.create?batch=1";
    const both = { 0: { domains: ["a.example"] }, 1: { domains: ["b.example"] } };
    const answer = await stack.post(path, both, OWNER, headers);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      [{ error: { message: expect.stringContaining("is for one call") } }, {}],
    ]);
    expect((await stack.get("/api/trpc/profiles.me", OWNER, headers)).status).toBe(200);
  });
});

describe("a page of another origin", () => {
  const origin = "https://app.partner.example";

  test.each(["/api/trpc/batches.create", BATCH])("may ask %s with a key", async (path) => {
    const asked = await fetch(stack.url + path, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,idempotency-key",
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe("*");
    expect(asked.headers.get("access-control-allow-headers")).toMatch(
      /Authorization,Content-Type.*Idempotency-Key/,
    );
    const answer = await stack.post(path, { domains: ["one.example"] }, OWNER, { origin });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
    for (const { headers } of [asked, answer]) {
      expect(headers.has("access-control-allow-credentials")).toBe(false);
    }
  });

  test("is refused in words that it can read", async () => {
    const answer = await stack.get("/api/v3/jobs", undefined, { origin });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
  });

  test.each(["/api/auth/get-session", "/metrics"])("may not read %s", async (path) => {
    const { headers } = await stack.get(path, undefined, { origin });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("an answer is packed", () => {
  /** As it comes: `fetch` would unpack it. */
  const raw = (path: string, headers: Record<string, string>) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>(
      (resolve, reject) => {
        request(stack.url + path, { headers }, (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", () =>
            resolve({
              encoding: answer.headers["content-encoding"],
              vary: answer.headers.vary,
              body: Buffer.concat(parts),
            }),
          );
        })
          .on("error", reject)
          .end();
      },
    );

  test("where the client takes that, and it is worth it", async () => {
    const plain = await raw("/api/openapi.json", {});
    expect([plain.encoding, plain.vary]).toEqual([undefined, "Accept-Encoding"]);
    const asked = await raw("/api/openapi.json", { "accept-encoding": "br, gzip;q=0.8" });
    expect(asked.encoding).toBe("gzip");
    expect(gunzipSync(asked.body).equals(plain.body)).toBe(true);
    expect(asked.body.length * 4).toBeLessThan(plain.body.length);
    const refused = await raw("/api/openapi.json", { "accept-encoding": "gzip;q=0, br" });
    expect(refused.encoding).toBeUndefined();
    const small = await raw("/api/trpc/health.live", { "accept-encoding": "gzip" });
    expect([small.encoding, JSON.parse(small.body.toString())]).toMatchObject([undefined, {}]);
  });

  test("and a stream is not: its first event comes while it is open", async () => {
    const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
    const { batchId } = await client.batches.create.mutate({ domains: ["stream.example"] });
    const leaving = new AbortController();
    const input = encodeURIComponent(JSON.stringify({ batchId }));
    const answer = await fetch(`${stack.url}/api/trpc/batches.onProgress?input=${input}`, {
      headers: {
        accept: "text/event-stream",
        "accept-encoding": "gzip",
        authorization: keyOf(OWNER),
      },
      signal: leaving.signal,
    });
    expect(answer.headers.has("content-encoding")).toBe(false);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes('"pending"')) seen += (await reader.read()).value ?? "";
    leaving.abort();
  });
});
