import { createClient } from "@scrapersky/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { OWNER, ownAddress, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

let stack: Stack;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  stack = await startStack({ SMTP_URL: mail.url, MAIL_FROM: "Sky <sky@example.com>" });
});
afterAll(async () => {
  await stack.close();
  await mail.close();
});

const client = (email: string) =>
  createClient({ url: stack.url, apiKey: stack.user(email).apiKey, tenant: "skyline" });

let count = 0;
const fresh = () => `new-${++count}@skyline.example`;
/** The link in the last message, and the rest of it. */
const lastLink = () => {
  // A long line is broken by "=" at its end.
  const text = (mail.messages.at(-1) ?? "").replace(/=\n/g, "").replaceAll("=3D", "=");
  return { text, token: /\/sign-in\/link#([\w-]+)/.exec(text)?.[1] };
};
const fromPage = { origin: WEB_URL, ...ownAddress() };

/** Somebody invited who has come, with the cookie of a first session. */
async function arrive(password = "a password of theirs") {
  const email = fresh();
  const { profileId } = await client(OWNER).profiles.invite.mutate({ email, role: "viewer" });
  const { token } = lastLink();
  const used = await stack.post("/api/auth/sign-in/link", { token, password }, undefined, fromPage);
  expect(used.status).toBe(200);
  return { email, profileId, cookie: cookieOf(used), password };
}
const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
const signIn = (email: string, password: string) =>
  stack.post("/api/auth/sign-in/email", { email, password }, undefined, fromPage);

describe("an invitation", () => {
  test("goes out by mail, and its link sets a password once", async () => {
    const email = fresh();
    const invited = await client(OWNER).profiles.invite.mutate({ email, role: "operator" });
    expect(invited).toMatchObject({ email, mailed: true, link: null });
    const { text, token } = lastLink();
    expect(text).toContain("From: Sky <sky@example.com>");
    expect(text).toContain(`To: ${email}`);
    const { items } = await client(OWNER).profiles.list.query({});
    const listed = () => items.find((one) => one.id === invited.profileId);
    expect(listed()).toMatchObject({ tenantRole: "operator", invited: true });
    expect(await client(OWNER).profiles.byId.query({ profileId: invited.profileId })).toMatchObject(
      { invited: true },
    );

    await client(OWNER).profiles.resendInvite.mutate({ profileId: invited.profileId });
    const newer = lastLink().token;
    expect(newer).not.toBe(token);
    const use = (of: string | undefined) =>
      stack.post(
        "/api/auth/sign-in/link",
        { token: of, password: "long enough" },
        undefined,
        fromPage,
      );
    expect((await use(token)).status).toBe(410);
    expect((await use(newer)).status).toBe(200);
    expect(await client(OWNER).profiles.byId.query({ profileId: invited.profileId })).toMatchObject(
      {
        invited: false,
      },
    );
    const again = client(OWNER).profiles.resendInvite.mutate({ profileId: invited.profileId });
    await expect(again).rejects.toMatchObject({ data: { errorCode: "HAS_PASSWORD" } });
  });

  test("that no server takes gives its link to whoever invites", async () => {
    mail.refuses = true;
    const email = fresh();
    const invited = await client(OWNER).profiles.invite.mutate({ email, role: "viewer" });
    mail.refuses = false;
    expect(invited).toMatchObject({ mailed: false });
    expect(invited.link).toContain(`${WEB_URL}/sign-in/link#`);
    expect(stack.logged()).not.toContain(invited.link?.split("#")[1]);
    expect(stack.logged()).not.toContain(email);
  });
});

describe("a forgotten password", () => {
  const ask = (email: string) =>
    stack.post("/api/auth/account/forgotten", { email }, undefined, fromPage);

  test("is answered alike for somebody known, unknown and disabled; only the known get a link", async () => {
    const { email, profileId } = await arrive();
    const off = await arrive();
    await client(OWNER).profiles.disable.mutate({ profileId: off.profileId });
    await stack.rows("update app.sign_in_links set created_at = now() - interval '2 minutes'");
    const before = mail.messages.length;
    const answers = await Promise.all(
      [email.toUpperCase(), "nobody@skyline.example", off.email, "no address"].map(async (one) => {
        const answer = await ask(one);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([`202 {"asked":true}`]));
    await expect.poll(() => mail.messages.length).toBe(before + 1);
    expect(lastLink().text).toContain(`To: ${email}`);
    // A second one within the minute is not sent.
    await ask(email);
    const links = await stack.rows(
      "select from app.sign_in_links where user_id = :profileId::uuid",
      { profileId },
    );
    await ask("nobody@skyline.example");
    expect(links).toHaveLength(2);
    const used = await stack.post(
      "/api/auth/sign-in/link",
      { token: lastLink().token, password: "another password" },
      undefined,
      fromPage,
    );
    expect(used.status).toBe(200);
    expect((await signIn(email, "another password")).status).toBe(200);
    expect(await actionsOf(profileId)).toEqual(
      expect.arrayContaining(["signInLinks.create forgotten", "signInLinks.use link"]),
    );
  });
});

const actionsOf = async (profileId: string) =>
  (
    await stack.rows<{ told: string }>(
      "select action || ' ' || source as told from app.audit_log where actor_id = :profileId::uuid order by id",
      { profileId },
    )
  ).map(({ told }) => told);

describe("one's own account", () => {
  const as = (cookie: string, path: string, body?: unknown) =>
    body === undefined
      ? stack.get(`/api/auth/account${path}`, undefined, { cookie, ...fromPage })
      : stack.post(`/api/auth/account${path}`, body, undefined, { cookie, ...fromPage });

  test("changes its password with the current one, and ends every other session", async () => {
    const { email, profileId, cookie, password } = await arrive();
    const elsewhere = cookieOf(await signIn(email, password));
    const change = (currentPassword: string, newPassword: string) =>
      as(cookie, "/password", { currentPassword, newPassword });
    expect((await change("wrong", "a newer password")).status).toBe(403);
    expect((await change(password, "short")).status).toBe(422);
    expect((await change(password, "a newer password")).status).toBe(200);
    expect((await as(cookie, "/sessions")).status).toBe(200);
    expect((await as(elsewhere, "/sessions")).status).toBe(401);
    expect((await signIn(email, password)).status).toBe(401);
    expect((await signIn(email, "a newer password")).status).toBe(200);
    expect(await actionsOf(profileId)).toContain("passwords.change account");
  });

  test("sees where it is signed in, and signs out there, but nobody else", async () => {
    const { email, cookie, password } = await arrive();
    const elsewhere = cookieOf(await signIn(email, password));
    const listed = (await (await as(cookie, "/sessions")).json()) as {
      id: string;
      current: boolean;
    }[];
    expect(listed.map(({ current }) => current)).toEqual([false, true]);
    expect(JSON.stringify(listed)).not.toContain("token");
    const id = listed[0]?.id;
    const stranger = await arrive();
    expect((await as(stranger.cookie, "/sessions/end", { id })).status).toBe(404);
    expect((await as(elsewhere, "/sessions")).status).toBe(200);
    expect((await as(cookie, "/sessions/end", { id })).status).toBe(200);
    expect((await as(elsewhere, "/sessions")).status).toBe(401);
  });

  test("is no business of a key, of a foreign page, or of the library", async () => {
    const { cookie } = await arrive();
    expect((await stack.get("/api/auth/account/sessions", OWNER)).status).toBe(401);
    const foreign = { cookie, origin: "https://elsewhere.example" };
    const body = { id: "1" };
    const path = "/api/auth/account/sessions/end";
    expect((await stack.post(path, body, undefined, foreign)).status).toBe(403);
    for (const own of ["change-password", "request-password-reset", "revoke-sessions"]) {
      expect(
        (await stack.post(`/api/auth/${own}`, {}, undefined, { cookie, ...fromPage })).status,
      ).toBe(404);
    }
    expect((await stack.get("/api/auth/list-sessions", undefined, { cookie })).status).toBe(404);
  });
});

describe("nobody", () => {
  test("grants, resets or shuts out what they are not", async () => {
    const [admin] = await stack.rows<{ id: string }>(
      `with made as (insert into roles (name) values ('keeper') returning id), kept as (
         insert into role_permissions (role_id, permission_id)
         select made.id, p.id from made, permissions p where p.name in ('profiles:read', 'profiles:write', 'rbac:assign')
       )
       update user_tenants ut set role_id = made.id from made, profiles p
       where p.id = ut.user_id and p.email = :email returning p.id`,
      { email: VIEWER },
    );
    await stack.rows(
      "update app.api_keys set scopes = '{profiles:read,profiles:write,rbac:assign}' where profile_id = :id::uuid",
      { id: admin?.id },
    );
    const keeper = client(VIEWER);
    const [owner] = await stack.rows<{ id: string }>(
      "select id from profiles where email = :email",
      {
        email: OWNER,
      },
    );
    const profileId = owner?.id ?? "";
    const refusals = await Promise.all(
      [
        keeper.profiles.invite.mutate({ email: fresh(), role: "owner" }),
        keeper.rbac.assign.mutate({ profileId: admin?.id ?? "", role: "owner" }),
        keeper.rbac.assign.mutate({ profileId, role: "keeper" }),
        keeper.profiles.disable.mutate({ profileId }),
        keeper.profiles.resendInvite.mutate({ profileId }),
        keeper.profiles.remove.mutate({ profileId }),
        client(OWNER).profiles.disable.mutate({ profileId }),
        client(OWNER).profiles.remove.mutate({ profileId }),
      ].map((call) =>
        call.then(
          () => "done",
          (error: { data?: { errorCode?: string } }) => error.data?.errorCode,
        ),
      ),
    );
    expect(refusals).toEqual([
      "GRANTS_MORE",
      "GRANTS_MORE",
      "OUTRANKED",
      "OUTRANKED",
      "OUTRANKED",
      "OUTRANKED",
      "SELF",
      "LAST_OWNER",
    ]);
  });
});
