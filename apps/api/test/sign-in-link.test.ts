import {
  addPerson,
  createSignInLink,
  disablePerson,
  getPerson,
  type Outsider,
} from "@scrapersky/api/services";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OWNER, type Stack, startStack, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const CLI: Outsider = { actor: null, source: "cli" };
const PATH = "/api/auth/sign-in/link";
const PASSWORD = "a password of her own";
let count = 0;

/** Somebody new in a tenant, with a link of theirs. */
async function invite(tenantSlug = "skyline") {
  const email = `new-${++count}@skyline.example`;
  const [tenant] = await stack.rows<{ id: string; name: string }>(
    "select t.id, t.name from tenants t join app.tenant_slugs s on s.tenant_id = t.id where s.slug = :tenantSlug",
    { tenantSlug },
  );
  const link = await stack.database.db.transaction(async (tx) => {
    await addPerson(tx, CLI, { email, role: "operator", tenant: tenant! });
    return createSignInLink(tx, CLI, await getPerson(tx, email), WEB_URL);
  });
  return { email, token: link.link.split("#")[1]! };
}
const post = (path: string, body: unknown, headers: Record<string, string> = { origin: WEB_URL }) =>
  stack.post(path, body, undefined, headers);
const use = (token: string, password = PASSWORD, headers?: Record<string, string>) =>
  post(PATH, { token, password }, headers);
const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");

test("a link sets a password, signs in, leads to the tenant, and works once", async () => {
  const { email, token } = await invite("harbor");
  expect(await (await post(`${PATH}/state`, { token })).json()).toEqual({ state: "open", email });
  const answer = await use(token);
  expect(answer.status).toBe(200);
  const me = await stack.get("/api/trpc/profiles.me", undefined, { cookie: cookieOf(answer) });
  expect(await me.json()).toMatchObject({
    result: { data: { email, role: "operator", tenant: { slug: "harbor" } } },
  });
  const again = await use(token);
  expect([again.status, await again.json()]).toMatchObject([410, { code: "LINK_USED", email }]);
  expect(again.headers.getSetCookie()).toEqual([]);
  const credentials = { email: ` ${email.toUpperCase()}`.trim(), password: PASSWORD };
  expect((await post("/api/auth/sign-in/email", credentials)).status).toBe(200);
});

test("a link replaces a password and ends the sessions that knew the old one", async () => {
  const { email, password } = stack.user(OWNER);
  const before = cookieOf(await post("/api/auth/sign-in/email", { email, password }));
  const { link } = await stack.database.db.transaction(async (tx) =>
    createSignInLink(tx, CLI, await getPerson(tx, email), WEB_URL),
  );
  expect((await use(link.split("#")[1]!)).status).toBe(200);
  expect((await stack.get("/api/v3/jobs", undefined, { cookie: before })).status).toBe(401);
  expect((await post("/api/auth/sign-in/email", { email, password })).status).toBe(401);
});

test.each([7, 129])(
  "a password of %i characters is refused, and the link stays good",
  async (length) => {
    const { token } = await invite();
    const short = await use(token, "x".repeat(length));
    expect([short.status, await short.json()]).toMatchObject([
      422,
      { code: "PASSWORD_LENGTH", message: "A password has 8 to 128 characters." },
    ]);
    expect((await use(token, "x".repeat(length === 7 ? 8 : 128))).status).toBe(200);
  },
);

test("reading the page's address or asking with GET uses nothing up", async () => {
  const { email, token } = await invite();
  for (const path of [`${PATH}?token=${token}`, `${PATH}/state?token=${token}`]) {
    expect((await stack.get(path)).status).toBe(404);
  }
  expect(await (await post(`${PATH}/state`, { token })).json()).toEqual({ state: "open", email });
});

test("a link of somebody disabled is refused", async () => {
  const { email, token } = await invite();
  await stack.database.db.transaction(async (tx) =>
    disablePerson(tx, CLI, (await getPerson(tx, email)).id),
  );
  const answer = await use(token);
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: "ACCOUNT_INACTIVE" }]);
});

describe("no link", () => {
  test.each([
    ["a wrong token", { token: "x".repeat(43), password: PASSWORD }, 404],
    ["no token", { password: PASSWORD }, 404],
    ["a token that is no text", { token: { $ne: "" }, password: PASSWORD }, 404],
    ["no JSON object", "[]", 415],
    ["no JSON", "token=x", 415],
  ])("is used by %s", async (_what, body, status) => {
    const answer = await post(PATH, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("is used by a page elsewhere: %j", async (headers) => {
    const { email, token } = await invite();
    expect((await use(token, PASSWORD, headers)).status).toBe(403);
    expect(await (await post(`${PATH}/state`, { token })).json()).toEqual({ state: "open", email });
  });
});

test("of several uses at once one succeeds", async () => {
  const { token } = await invite();
  const statuses = (await Promise.all([1, 2, 3].map(() => use(token)))).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 410, 410]);
});

test("no token and no password stands in the log", async () => {
  const { token } = await invite();
  await post(`${PATH}/state`, { token });
  await use(token);
  expect(stack.logged()).toContain(PATH);
  expect(stack.logged()).not.toContain(token);
  expect(stack.logged()).not.toContain(PASSWORD);
});
