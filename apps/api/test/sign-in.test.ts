import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../src/server.ts";
import { FAR_OWNER, OWNER, ownAddress, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const MAKER = "platform@skyline.example";
const PATH = "/api/auth/sign-in/email";

test.each([
  [
    "application/x-www-form-urlencoded",
    '{"email":"other","x":"&email=EMAIL&password=PASSWORD&y="}',
  ],
  ["text/plain", '{"email":"EMAIL","password":"PASSWORD"}'],
  ["application/json", "email=EMAIL&password=PASSWORD"],
  ["application/json", '[{"email":"EMAIL","password":"PASSWORD"}]'],
])(
  "a right password is not looked at in a body that is no JSON object: %s %s",
  async (type, text) => {
    const { email, password } = stack.user(FAR_OWNER);
    const body = text.replace("EMAIL", email).replace("PASSWORD", password);
    const headers = { origin: WEB_URL, "content-type": type };
    const answer = await stack.post(PATH, body, undefined, headers);
    expect(answer.status).toBe(415);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const json = await stack.post(PATH, { email, password }, undefined, {
      origin: WEB_URL,
      "content-type": "application/json; charset=utf-8",
    });
    expect(json.status).toBe(200);
  },
);

test("guesses sent at once are no more than guesses sent one after the other", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, guess) =>
      stack.post(PATH, { email: OWNER, password: `guess ${guess}` }, undefined, {
        origin: WEB_URL,
      }),
    ),
  );
  const statuses = answers.map((answer) => answer.status).toSorted();
  expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(20).fill(429)]);
});

describe("a change that a session cookie asks for", () => {
  const REST = "/api/v3/batch_page_scraper/batch";
  const TRPC = "/api/trpc/batches.create";
  const body = { domains: ["forged.example"] };
  const count = () => stack.rows("select count(*) from batch_jobs");
  let cookie: string;
  beforeAll(async () => {
    const { email, password } = stack.user(MAKER);
    const answer = await stack.post(PATH, { email, password }, undefined, { origin: WEB_URL });
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
  });

  test.each([
    ["nothing that says from where", {}],
    ["another port of the same machine", { origin: "http://127.0.0.1:3999" }],
    ["another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null", "sec-fetch-site": "same-site" }],
    ["a page of the same site", { "sec-fetch-site": "same-site" }],
  ])("from %s is refused in words", async (_from, headers) => {
    const before = await count();
    const sentence = "A session cookie changes things only from the dashboard's own pages";
    const rest = await stack.post(REST, body, undefined, { cookie, ...headers });
    expect(rest.status).toBe(403);
    expect(await rest.json()).toMatchObject({
      message: expect.stringContaining(sentence),
      code: "FOREIGN_PAGE",
    });
    const trpc = await stack.post(TRPC, body, undefined, { cookie, ...headers });
    expect(trpc.status).toBe(403);
    expect(await trpc.json()).toMatchObject({
      error: {
        message: expect.stringContaining(sentence),
        data: { code: "FORBIDDEN", requestId: trpc.headers.get("x-request-id") },
      },
    });
    expect(await count()).toEqual(before);
  });

  test("from another page's form is refused, whatever it calls its content", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { cookie, origin: "http://localhost:3999", "content-type": type };
      expect((await stack.post(REST, body, undefined, headers)).status).toBe(403);
    }
  });

  test.each([
    ["the dashboard", { origin: WEB_URL }],
    ["the dashboard by its other name", { origin: WEB_URL.replace("127.0.0.1", "localhost") }],
    ["a page of the same origin", { "sec-fetch-site": "same-origin" }],
  ])("from %s is done", async (_from, headers) => {
    for (const path of [REST, TRPC]) {
      const answer = await stack.post(path, body, undefined, { cookie, ...headers });
      expect(answer.status).toBe(200);
    }
  });

  test("is not what counts when a key is sent, and reading needs no origin", async () => {
    const answer = await stack.post(REST, body, MAKER, { cookie, origin: "https://evil.example" });
    expect(answer.status).toBe(200);
    expect((await stack.get("/api/v3/jobs", undefined, { cookie })).status).toBe(200);
  });
});

test("a person of no tenant gets no session that would lead nowhere", async () => {
  const { email, password } = stack.user("operator@skyline.example");
  const headers = { origin: WEB_URL };
  const end = () =>
    stack.rows(
      "delete from user_tenants where user_id = (select id from profiles where email = :email)",
      { email },
    );
  expect((await stack.post(PATH, { email, password }, undefined, headers)).status).toBe(200);
  await end();
  const answer = await stack.post(PATH, { email, password }, undefined, headers);
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: "ACCOUNT_INACTIVE" }]);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test("a person who was switched off gets no session, and no word of it without the password", async () => {
  await stack.rows("update profiles set active = false where email = :email", { email: VIEWER });
  const { email, password } = stack.user(VIEWER);
  const headers = { origin: WEB_URL };
  const wrong = await stack.post(PATH, { email, password: "a guess" }, undefined, headers);
  expect(wrong.status).toBe(401);
  const right = await stack.post(PATH, { email, password }, undefined, headers);
  expect(right.status).toBe(403);
  expect(await right.json()).toMatchObject({ code: "ACCOUNT_INACTIVE" });
  expect(right.headers.getSetCookie()).toEqual([]);
  const sessions = await stack.rows(
    "select 1 from app.sessions s join app.users u on u.id = s.user_id where u.email = :email",
    { email },
  );
  expect(sessions).toEqual([]);
});

test("whoever is signed in stays so when the secret is changed, for as long as the one before is told", async () => {
  const { email, password } = stack.user(MAKER);
  const signedIn = await stack.post(PATH, { email, password }, undefined, {
    origin: WEB_URL,
    ...ownAddress(),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const changed = { AUTH_SECRET: "another secret of forty characters, newer", API_PORT: 0 };
  const settings = { DATABASE_URL: stack.databaseUrl, API_HOST: "127.0.0.1", WEB_URL, ...changed };
  const ask = async (AUTH_SECRET_FORMER?: string) => {
    const server = await startServer(
      { ...settings, AUTH_SECRET_FORMER },
      pino({ level: "silent" }),
    );
    const answers = await Promise.all(
      ["/api/v3/jobs", "/api/auth/get-session"].map((path) =>
        fetch(server.url + path, { headers: { cookie } }),
      ),
    );
    const [jobs, session] = answers;
    const told = [jobs!.status, ((await session!.json()) as object | null) !== null];
    await server.close();
    return told;
  };
  expect(await ask()).toEqual([401, false]);
  expect(await ask("a secret of forty characters for the test")).toEqual([200, true]);
  expect(await ask("some other secret of forty characters or so")).toEqual([401, false]);
});

test("who comes back each day stays signed in: a session that is a day old is renewed, a newer one is not", async () => {
  const { email, password } = stack.user(MAKER);
  const answer = await stack.post(PATH, { email, password }, undefined, {
    origin: WEB_URL,
    ...ownAddress(),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const ends = async () => {
    const [row] = await stack.rows<{ days: number }>(
      `select round(extract(epoch from max(s.expires_at) - now()) / 86400)::int as days
       from app.sessions s join app.users u on u.id = s.user_id where u.email = :email`,
      { email },
    );
    return row?.days;
  };
  const ask = () => stack.get("/api/auth/get-session", undefined, { cookie });
  await ask();
  expect(await ends()).toBe(7);
  await stack.rows(
    "update app.sessions set expires_at = expires_at - interval '25 hours', updated_at = updated_at - interval '25 hours'",
  );
  expect(await ends()).toBe(6);
  const renewed = await ask();
  expect(renewed.headers.getSetCookie().join()).toContain("Max-Age=604800");
  expect(await ends()).toBe(7);
});
