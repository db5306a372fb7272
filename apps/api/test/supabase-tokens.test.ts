import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@scrapersky/client";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

const SECRET = "a secret of a project, forty characters..";
const KID = "of the project";

const keys = await generateKeyPair("ES256");
const rsa = await generateKeyPair("RS256");
const foreign = await generateKeyPair("ES256");

/** The project's published keys, on loopback. */
const project = { asked: 0, isAway: false, url: "" };
const server = createServer((request, response) => {
  project.asked++;
  if (project.isAway) return void request.socket.destroy();
  if (request.url !== "/auth/v1/.well-known/jwks.json") return void response.writeHead(404).end();
  void Promise.all([exportJWK(keys.publicKey), exportJWK(rsa.publicKey)]).then(([ec, other]) => {
    const published = [
      { ...ec, kid: KID, alg: "ES256", use: "sig" },
      { ...other, kid: "rsa", alg: "RS256", use: "sig" },
    ];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ keys: published }));
  });
});

let stack: Stack;
/** The same database, with nothing of Supabase switched on. */
let plain: Stack;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stack = await startStack({ SUPABASE_URL: `${project.url}/`, SUPABASE_JWT_SECRET: SECRET });
  plain = await startStack();
});
afterAll(async () => {
  await stack.close();
  await plain.close();
  await new Promise((resolve) => server.close(resolve));
});

const now = (): number => Math.floor(Date.now() / 1000);
const idOf = async (email: string) =>
  (await stack.rows<{ id: string }>("select id from profiles where email = :email", { email }))[0]!
    .id;
/** What GoTrue puts into a token. */
const claimsOf = async (email: string): Promise<JWTPayload> => ({
  iss: `${project.url}/auth/v1`,
  sub: await idOf(email),
  aud: "authenticated",
  role: "authenticated",
  email,
  iat: now(),
  exp: now() + 3600,
  is_anonymous: false,
});
const bySecret = (claims: JWTPayload, secret = SECRET, alg = "HS256") =>
  new SignJWT(claims)
    .setProtectedHeader({ alg, typ: "JWT" })
    .sign(new TextEncoder().encode(secret));
const byKey = (claims: JWTPayload, key = keys.privateKey, header = { alg: "ES256", kid: KID }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);

const ask = (token: string, headers: Record<string, string> = {}, path = "/api/trpc/profiles.me") =>
  stack.get(path, undefined, { authorization: `Bearer ${token}`, ...headers });

describe("a token of the project", () => {
  test.each([
    ["signed by its secret", bySecret],
    ["signed by its published key", byKey],
    [
      "signed by its RSA key",
      (claims: JWTPayload) => byKey(claims, rsa.privateKey, { alg: "RS256", kid: "rsa" }),
    ],
  ])("%s speaks for the person, over tRPC and REST", async (_how, sign) => {
    const token = await sign(await claimsOf(OWNER));
    const me = await ask(token);
    expect([me.status, await me.json()]).toMatchObject([
      200,
      { result: { data: { email: OWNER, role: "owner", tenant: { slug: "skyline" } } } },
    ]);
    const batch = await fetch(`${stack.url}/api/v3/batch_page_scraper/batch`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ domains: ["token.example"] }),
    });
    expect(batch.status).toBe(200);
  });

  test("works in the typed client, and in a tenant that is asked for", async () => {
    const apiKey = await byKey(await claimsOf(VIEWER));
    const client = createClient({ url: stack.url, apiKey, tenant: "skyline" });
    expect(await client.profiles.me.query()).toMatchObject({ email: VIEWER, role: "viewer" });
  });

  test("opens no tenant of which the person is no member", async () => {
    const token = await byKey(await claimsOf(FAR_OWNER));
    const rest = await ask(token, { "x-tenant": "skyline" }, "/api/v3/jobs");
    expect(rest.status).toBe(403);
    expect((await ask(token, { "x-tenant": "skyline" })).status).toBe(404);
  });

  test("asks for the keys once, and not again for a while for one that is unknown", async () => {
    const token = await byKey(await claimsOf(OWNER));
    expect((await ask(token)).status).toBe(200);
    const before = project.asked;
    const unknown = await byKey(await claimsOf(OWNER), keys.privateKey, {
      alg: "ES256",
      kid: "other",
    });
    for (let time = 0; time < 5; time++) {
      expect((await ask(token)).status).toBe(200);
      expect((await ask(unknown)).status).toBe(401);
    }
    // One more at most, should the pause have ended on a busy machine.
    expect(project.asked - before).toBeLessThanOrEqual(1);
  });
});

describe("refused", () => {
  test.each<[string, (claims: JWTPayload) => Promise<string> | string]>([
    ["a token that is over", (claims) => byKey({ ...claims, exp: now() - 60 })],
    ["a token that is over, by the secret", (claims) => bySecret({ ...claims, exp: now() - 60 })],
    ["a token without an end", ({ exp: _exp, ...claims }) => byKey(claims)],
    ["a token not valid yet", (claims) => byKey({ ...claims, nbf: now() + 600 })],
    ["a token for another audience", (claims) => byKey({ ...claims, aud: "anon" })],
    ["a token without audience", ({ aud: _aud, ...claims }) => bySecret(claims)],
    [
      "a token of another project",
      (claims) => byKey({ ...claims, iss: "https://evil.example/auth/v1" }),
    ],
    [
      "a token of another project, by the secret",
      (claims) => bySecret({ ...claims, iss: "supabase" }),
    ],
    ["a token signed by another key", (claims) => byKey(claims, foreign.privateKey)],
    ["a token signed by another secret", (claims) => bySecret(claims, `${SECRET}.`)],
    ["a token of a longer algorithm", (claims) => bySecret(claims, SECRET, "HS512")],
    ["a token without signature", (claims) => new UnsecuredJWT(claims).encode()],
    [
      "a token whose signature was cut off",
      async (claims) => (await byKey(claims)).replace(/[^.]+$/, ""),
    ],
    [
      "a token signed with the published key as a secret",
      async (claims) => bySecret(claims, JSON.stringify(await exportJWK(keys.publicKey))),
    ],
    [
      "a token of nobody",
      (claims) => byKey({ ...claims, sub: "00000000-0000-4000-8000-000000000000" }),
    ],
    ["a token whose subject is no id", (claims) => byKey({ ...claims, sub: "' or 1=1 --" })],
    ["a token without subject", ({ sub: _sub, ...claims }) => byKey(claims)],
    ["no token", () => "a.b.c"],
    ["nothing like a token", () => "eyJhbGciOiJIUzI1NiJ9"],
  ])("%s", async (_what, make) => {
    const token = await make(await claimsOf(OWNER));
    expect((await ask(token)).status).toBe(401);
    expect((await ask(token, {}, "/api/v3/jobs")).status).toBe(401);
  });

  test("a good token where nothing of Supabase is switched on", async () => {
    for (const sign of [bySecret, byKey]) {
      const authorization = `Bearer ${await sign(await claimsOf(OWNER))}`;
      expect((await plain.get("/api/v3/jobs", undefined, { authorization })).status).toBe(401);
    }
  });

  test("a good token of somebody who was switched off", async () => {
    const token = await byKey(await claimsOf("operator@skyline.example"));
    expect((await ask(token)).status).toBe(200);
    await stack.rows("update profiles set active = false where email = 'operator@skyline.example'");
    expect((await ask(token)).status).toBe(401);
  });
});

test("while the keys cannot be had, the answer is that, and tokens by the secret go on", async () => {
  project.isAway = true;
  const fresh = await startStack({ SUPABASE_URL: project.url, SUPABASE_JWT_SECRET: SECRET });
  const of = (token: string) => ({ authorization: `Bearer ${token}` });
  const { sub: _sub, ...claims } = await claimsOf(OWNER);
  const [{ id: sub }] = (await fresh.rows<{ id: string }>(
    "select id from profiles where email = :email",
    {
      email: OWNER,
    },
  )) as [{ id: string }];
  const token = await byKey({ ...claims, sub });
  for (const path of ["/api/trpc/profiles.me", "/api/v3/jobs"]) {
    expect((await fresh.get(path, undefined, of(token))).status).toBe(503);
    expect((await fresh.get(path, undefined, of(await bySecret({ ...claims, sub })))).status).toBe(
      200,
    );
  }
  project.isAway = false;
  expect((await fresh.get("/api/v3/jobs", undefined, of(token))).status).toBe(200);
  await fresh.close();
});

test("no token stands in the log", async () => {
  const token = await byKey(await claimsOf(OWNER));
  await ask(token);
  expect(stack.logged()).toContain("profiles.me");
  expect(stack.logged()).not.toContain(token.split(".")[2]);
});
