// Others on the same machine: a second start, strangers at our ports, a proxy for the network outside.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { isSameProcess, waitFor } from "@scrapersky/machine";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Access } from "../src/access.ts";
import { endAll, makeDataDir, occupyPort, readStack, RUNNING, startCommand } from "./command.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  await endAll();
});
afterAll(endAll);

const USUAL_PORTS = { WEB_PORT: undefined, API_PORT: undefined, WORKER_PORT: undefined };

const readAccess = async (dataDir: string): Promise<Access> =>
  JSON.parse(await readFile(join(dataDir, "access.json"), "utf8")) as Access;

/** What the owner's key of `access` gets at an API. */
async function tryKey(api: string, access: Access): Promise<number> {
  const headers = { authorization: `Bearer ${access.users[0]?.apiKey}` };
  const response = await fetch(`${api}/api/v3/profiles`, { headers });
  await response.body?.cancel();
  return response.status;
}

/** Answers everything with 200, and keeps what it was asked. */
async function startStranger(port: number, host = "127.0.0.1") {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.end('{"status":"ok"}');
  });
  const isListening = () =>
    new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, host, () => resolve(true));
    });
  while (!(await isListening())) server.removeAllListeners("error").removeAllListeners("listening");
  servers.push(server);
  return asked;
}

test("starts at the same moment all run, each at its own addresses and with its own keys", async () => {
  const dataDirs = await Promise.all([makeDataDir(), makeDataDir(), makeDataDir()]);
  const commands = dataDirs.map((dataDir) => startCommand(dataDir, USUAL_PORTS));
  await Promise.all(commands.map((command) => command.says(RUNNING)));
  const all = await Promise.all(dataDirs.map(readAccess));
  for (const [index, access] of all.entries()) {
    expect(commands[index]!.output()).toContain(access.web);
    for (const other of all) {
      const own = other === access;
      expect(await tryKey(access.api, other)).toBe(own ? 200 : 401);
      expect(await tryKey(access.web, other)).toBe(own ? 200 : 401);
    }
  }
});

test("a stranger that took the port before the service could is none of ours", async () => {
  const usual = await occupyPort(4000).catch(() => undefined);
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, USUAL_PORTS);
  await command.says("the API uses ");
  const port = Number(/the API uses (\d+)/.exec(command.output())?.[1]);
  const asked = await startStranger(port);
  await command.says(RUNNING);
  expect(command.output()).toContain(`Port ${port} went to somebody else`);
  const access = await readAccess(dataDir);
  expect(new URL(access.api).port).not.toBe(String(port));
  expect(await tryKey(access.api, access)).toBe(200);
  for (const request of asked) expect(request.headers.authorization).toBeUndefined();
  await usual?.close();
});

test("a stranger at the port of a service that died gets neither its place nor a key", async () => {
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir);
  await command.says(RUNNING);
  const first = await readAccess(dataDir);
  for (const [index, address] of [new URL(first.api), new URL(first.web)].entries()) {
    const { children } = await readStack(dataDir);
    const victim = children[index === 0 ? 0 : 2]!;
    process.kill(victim.pid, "SIGKILL");
    const asked = await startStranger(Number(address.port));
    await command.says(`Port ${address.port} went to somebody else`);
    const at = index === 0 ? "api" : "web";
    const hasMoved = async () => (await readAccess(dataDir))[at] !== first[at];
    expect(await waitFor(hasMoved, 60_000)).toBe(true);
    const access = await readAccess(dataDir);
    const answers = async () => (await tryKey(access.web, access).catch(() => 0)) === 200;
    expect(await waitFor(answers, 60_000), "through the dashboard").toBe(true);
    expect(await tryKey(access.api, access)).toBe(200);
    expect(access.users).toEqual(first.users);
    expect(await readStack(dataDir)).toMatchObject({ api: access.api, web: access.web });
    for (const request of asked) expect(request.headers.authorization).toBeUndefined();
    expect(await isSameProcess(victim)).toBe(false);
  }
});

test("a stranger that has the dashboard's name on the other loopback interface is not ours", async () => {
  const asked = await startStranger(3000, "::1");
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, USUAL_PORTS);
  await command.says(RUNNING);
  const access = await readAccess(dataDir);
  expect(new URL(access.web).port).not.toBe("3000");
  expect(await tryKey(access.web, access)).toBe(200);
  for (const request of asked) expect(request.headers.authorization).toBeUndefined();
});

test("what is asked of this machine itself goes past a proxy for the network outside", async () => {
  const asked = await startStranger(0);
  const address = servers[0]!.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const proxy = `http://127.0.0.1:${address.port}`;
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir, {
    NODE_USE_ENV_PROXY: "1",
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    NO_PROXY: "intranet.example",
    no_proxy: undefined,
  });
  await command.says(RUNNING);
  const access = await readAccess(dataDir);
  expect(await tryKey(access.web, access)).toBe(200);
  expect(asked.map(({ url }) => url)).toEqual([]);
});
