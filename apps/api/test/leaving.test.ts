// How the api leaves: first it says so, then it goes on for a while, then it ends. The rolling restart that this is for
// stands in packages/bench/src/chaos.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { OWNER, type Stack, startStack } from "./stack.ts";

const main = join(import.meta.dirname, "../dist/main.js");

/** Brings the database and the keys; its own server is not asked. */
let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Api {
  child: ChildProcess;
  url: string;
  said(): string;
  ended: Promise<number | null>;
}

/** The api as it is run: a process of its own. */
async function startApi(settings: Record<string, string>): Promise<Api> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: stack.databaseUrl,
      API_PORT: "0",
      AUTH_SECRET: "a secret of forty characters for the test",
      ...settings,
    },
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  child.stderr.on("data", (chunk) => (text += String(chunk)));
  const ended = once(child, "close").then(([code]) => code as number | null);
  ends.push(() => {
    child.kill("SIGKILL");
    return ended;
  });
  await expect.poll(() => text).toContain("api listening");
  const listening = /"port":(\d+)/.exec(text)?.[1];
  const url = `http://127.0.0.1:${listening}`;
  return { child, url, said: () => text, ended };
}

const bearer = () => ({ authorization: `Bearer ${stack.user(OWNER).apiKey}` });

test("on SIGTERM it is not ready any more, and serves everybody until the wait is over", async () => {
  const api = await startApi({ SHUTDOWN_WAIT_MS: "600000" });
  const ready = () => fetch(`${api.url}/health/ready`);
  expect((await ready()).status).toBe(200);
  api.child.kill("SIGTERM");
  await expect.poll(async () => (await ready()).status).toBe(503);
  expect(await (await ready()).json()).toEqual({ status: "stopping" });
  expect((await fetch(`${api.url}/health`)).status).toBe(200);
  const answer = await fetch(`${api.url}/api/v3/profiles`, { headers: bearer() });
  expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
  expect(api.said()).not.toContain("stopped");
  // Whoever says it twice does not want to wait.
  api.child.kill("SIGTERM");
  expect(await api.ended).toBe(0);
  expect(api.said()).toContain("stopped");
});

test("Ctrl-C ends it without the wait", async () => {
  const api = await startApi({ SHUTDOWN_WAIT_MS: "600000" });
  api.child.kill("SIGINT");
  expect(await api.ended).toBe(0);
});
