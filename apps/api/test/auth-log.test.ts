import { format } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { OWNER, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

const PATH = "/api/auth/sign-in/email";
const printed: string[] = [];
let stack: Stack;

beforeAll(async () => {
  for (const name of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, name).mockImplementation((...said) => void printed.push(format(...said)));
  }
  stack = await startStack();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await stack.close();
});
beforeEach(() => void printed.splice(0));

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  stack.post(PATH, { email, password }, undefined, { origin: WEB_URL, ...headers });

/** What was logged of sign-ins, without the time and the process. */
const written = () =>
  stack
    .logged()
    .split("\n")
    .filter((line) => line.includes('"part":"auth"'))
    .map((line) => {
      const {
        time: _time,
        pid: _pid,
        hostname: _hostname,
        ...said
      } = JSON.parse(line) as object & Record<string, unknown>;
      return said;
    });

test("a foreign origin is one warning in the log, without what else the client sent, and nothing on the console", async () => {
  const { email, password } = stack.user(OWNER);
  const page = "https://evil.example/reset?token=hidden-word";
  const headers = { cookie: "scrapersky.session_token=hidden-cookie" };
  expect((await signIn(email, password, { ...headers, origin: page })).status).toBe(403);
  const referred = await stack.post(PATH, { email, password }, undefined, {
    ...headers,
    referer: page,
  });
  expect(referred.status).toBe(403);
  const warning = {
    level: 40,
    part: "auth",
    address: "origin",
    origin: "https://evil.example",
    msg: "foreign origin refused",
  };
  expect(written()).toEqual([warning, warning]);
  for (const secret of ["hidden-word", "hidden-cookie", password, email])
    expect(stack.logged()).not.toContain(secret);
  expect(printed).toEqual([]);
});

test("a wrong password is a warning with whose and from where, without a name, and nothing on the console", async () => {
  expect((await signIn(VIEWER, "hidden-guess")).status).toBe(401);
  expect(written().slice(-2)).toEqual([
    { level: 40, part: "auth", msg: "Invalid password" },
    {
      level: 40,
      part: "auth",
      requestId: expect.any(String),
      person: expect.stringMatching(/^[0-9a-f-]{36}$/),
      address: expect.stringMatching(/^198\.51\.100\./),
      msg: "sign-in failed",
    },
  ]);
  for (const secret of ["hidden-guess", VIEWER]) expect(stack.logged()).not.toContain(secret);
  expect(printed).toEqual([]);
});

test("a fault of the database is in the log by its kind, answered as everywhere, and not on the console", async () => {
  const { email, password } = stack.user(OWNER);
  const cookie = (await signIn(email, password)).headers.getSetCookie().join("; ");
  await stack.rows("alter table app.sessions rename to sessions_away");
  const id = "fault-in-sign-in";
  const failed = [
    await signIn(email, password, { "x-request-id": id }),
    await stack.get("/api/auth/get-session", undefined, { cookie, "x-request-id": id }),
  ];
  for (const answer of failed) {
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ message: "Internal server error", request_id: id });
  }
  expect((await stack.get("/api/trpc/profiles.me", undefined, { cookie })).status).toBe(500);
  await stack.rows("alter table app.sessions_away rename to sessions");

  const faults = stack
    .logged()
    .split("\n")
    .filter((line) => line.includes(id) && line.includes("database fault"));
  expect(faults).toHaveLength(2);
  for (const line of faults) {
    expect(JSON.parse(line)).toMatchObject({ level: 50, fault: "syntax", sqlstate: "42P01" });
  }
  expect(stack.logged()).not.toMatch(/sessions|insert into/);
  expect(printed).toEqual([]);
  expect((await signIn(email, password)).status).toBe(200);
});
