import { PEOPLE, seedDemo } from "@scrapersky/api/demo";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OWNER, type Stack, startStack, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const seed = (options: { resetAccess: boolean }) =>
  stack.database.db.transaction((tx) => seedDemo(tx, options));

const countAll = async () =>
  stack.rows(
    `select (select count(*) from roles) as roles, (select count(*) from permissions) as permissions,
       (select count(*) from role_permissions) as pairs, (select count(*) from profiles) as profiles,
       (select count(*) from tenants) as tenants, (select count(*) from sidebar_features) as features,
       (select count(*) from app.users) as users, (select count(*) from app.accounts) as accounts`,
  );

const signIn = async (email: string, password: string): Promise<number> =>
  (await stack.post("/api/auth/sign-in/email", { email, password }, undefined, { origin: WEB_URL }))
    .status;

test("a second seed changes nothing and gives no access away", async () => {
  const before = await countAll();
  expect(await seed({ resetAccess: false })).toEqual({
    tenant: "skyline",
    users: [],
  });
  expect(await countAll()).toEqual(before);
});

test("everybody seeded can sign in and use the key, with the rights of the role", async () => {
  for (const person of PEOPLE) {
    const { password } = stack.user(person.email);
    expect(await signIn(person.email, password)).toBe(200);
    const me = await stack.get("/api/trpc/profiles.me", person.email);
    expect(await me.json()).toMatchObject({
      result: { data: { name: person.name, role: person.role, tenant: { slug: person.tenant } } },
    });
  }
});

test("a reset gives new passwords and keys, ends the old ones, and signs everybody out", async () => {
  const before = stack.user(OWNER);
  const { users } = await seed({ resetAccess: true });
  const after = users.find((user) => user.email === OWNER);
  expect(users.map((user) => user.email)).toEqual(PEOPLE.map((person) => person.email));
  expect(await signIn(OWNER, before.password)).toBe(401);
  expect((await stack.get("/api/v3/profiles", OWNER)).status).toBe(401);
  expect(await stack.rows("select 1 from app.sessions")).toEqual([]);
  expect(await signIn(OWNER, after?.password ?? "")).toBe(200);
  const headers = { authorization: `Bearer ${after?.apiKey}` };
  expect((await stack.get("/api/v3/profiles", undefined, headers)).status).toBe(200);
});
