// How the api leaves: first it says so, then it goes on for a while, then it ends. The rolling restart is
// what that is for.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
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
  port: number;
  said(): string;
  ended: Promise<number | null>;
}

/** The api as it is run: a process of its own. */
async function startApi(port: number, settings: Record<string, string> = {}): Promise<Api> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: stack.databaseUrl,
      API_PORT: String(port),
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
  return { child, url, port: Number(listening), said: () => text, ended };
}

const bearer = () => ({ authorization: `Bearer ${stack.user(OWNER).apiKey}` });

test("on SIGTERM it is not ready any more, and serves everybody until the wait is over", async () => {
  const api = await startApi(0, { SHUTDOWN_WAIT_MS: "600000" });
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
  const api = await startApi(0, { SHUTDOWN_WAIT_MS: "600000" });
  api.child.kill("SIGINT");
  expect(await api.ended).toBe(0);
});

/** A proxy as they are: it keeps connections, asks each server again and again, and tries nothing twice. */
async function startProxy(ports: number[]) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<number>();
  const running = new Map<number, number>();
  const count = (port: number, by: number) => running.set(port, (running.get(port) ?? 0) + by);
  const over = new AbortController();
  const looks = ports.map(async (port) => {
    while (!over.signal.aborted) {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.status === 200) ready.add(port);
      else ready.delete(port);
    }
  });
  let turn = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const open = [...ready];
    const port = open[turn++ % open.length];
    const { url: path, method, headers } = incoming;
    const refuse = () => outgoing.writeHead(502).end();
    if (port === undefined) return refuse();
    const answered = (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    };
    count(port, 1);
    outgoing.once("close", () => count(port, -1));
    const forwarded = request({ port, host: "127.0.0.1", path, method, headers, agent }, answered);
    incoming.pipe(forwarded.once("error", refuse));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(async () => {
    over.abort();
    await Promise.all(looks);
    agent.destroy();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, ready, running };
}

test("a rolling restart of two behind a proxy loses no request", async () => {
  // As long as it takes: the second SIGTERM comes once the proxy has seen the first.
  const patient = { SHUTDOWN_WAIT_MS: "600000" };
  const apis = [await startApi(0, patient), await startApi(0, patient)];
  const { url, ready, running } = await startProxy(apis.map(({ port }) => port));
  await expect.poll(() => ready.size).toBe(2);

  const statuses = new Map<number, number>();
  const over = new AbortController();
  const callers = Array.from({ length: 8 }, async (_, index) => {
    while (!over.signal.aborted) {
      const init =
        index % 2 === 0
          ? { headers: bearer() }
          : {
              method: "POST",
              headers: { ...bearer(), "content-type": "application/json" },
              body: JSON.stringify({ domains: ["a.example"], max_pages: 1 }),
            };
      const path = index % 2 === 0 ? "profiles" : "batch_page_scraper/batch";
      const answer = await fetch(`${url}/api/v3/${path}`, init);
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  });
  const served = () => [...statuses.values()].reduce((sum, count) => sum + count, 0);
  const moreAreServed = async () => {
    const before = served();
    await expect.poll(served).toBeGreaterThan(before + 20);
  };
  for (const [index, api] of apis.entries()) {
    await moreAreServed();
    api.child.kill("SIGTERM");
    await expect.poll(() => ready.has(api.port) || running.get(api.port)).toBe(0);
    await moreAreServed();
    api.child.kill("SIGTERM");
    expect(await api.ended).toBe(0);
    apis[index] = await startApi(api.port, patient);
    await expect.poll(() => ready.size).toBe(2);
  }
  await moreAreServed();
  over.abort();
  await Promise.all(callers);
  expect([...statuses.keys()].toSorted()).toEqual([200, 201].filter((one) => statuses.has(one)));
});
