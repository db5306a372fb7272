import { readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { findProcess, waitFor } from "@scrapersky/machine";
import { type Collector, startCollector } from "@scrapersky/testing/collector";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Access } from "../src/access.ts";
import {
  areGone,
  type Command,
  endAll,
  findProcesses,
  makeDataDir,
  occupyPort,
  readPostgresPid,
  readStack,
  RUNNING,
  startCommand,
} from "./command.ts";

import { type HeldSite, startHeldSite } from "./held-site.ts";

afterAll(endAll);

const readAccess = async (dataDir: string): Promise<Access> =>
  JSON.parse(await readFile(join(dataDir, "access.json"), "utf8")) as Access;

const callApi = (access: Access, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${access.api}/api/v3/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${access.users[0]?.apiKey}` },
  });

/** The owner's key, tried on an endpoint that needs one. */
async function tryKey(access: Access): Promise<number> {
  const response = await callApi(access, "profiles");
  await response.body?.cancel();
  return response.status;
}

/** Signs the owner in through the dashboard. */
async function openSession(access: Access, headers: Record<string, string>): Promise<Response> {
  const { email, password } = access.users[0]!;
  const response = await fetch(`${access.web}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: access.web, ...headers },
    body: JSON.stringify({ email, password }),
  });
  await response.body?.cancel();
  return response;
}

const signIn = async (access: Access, origin = access.web): Promise<number> =>
  (await openSession(access, { origin })).status;

describe("one stack through its life", () => {
  let dataDir: string;
  let command: Command;
  let first: Access;
  let site: HeldSite;
  let collector: Collector;
  afterAll(() => {
    collector.close();
    return site.close();
  });

  beforeAll(async () => {
    dataDir = await makeDataDir();
    site = await startHeldSite(dirname(dataDir));
    collector = await startCollector();
    const settings = {
      NODE_ENV: "test",
      SCRAPER_SITES_FILE: site.file,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
    command = startCommand(dataDir, settings);
    await command.says(RUNNING);
    first = await readAccess(dataDir);
  });

  test("what it prints and writes leads to a dashboard one can sign in to", async () => {
    expect(command.output()).toContain(first.web);
    expect(command.output()).toContain(first.users[0]!.email);
    expect(first.users.map((user) => user.role)).toEqual(
      expect.arrayContaining(["owner", "operator", "viewer"]),
    );
    expect(await tryKey(first)).toBe(200);
    expect(await signIn(first)).toBe(200);
  });

  test("a client of the dashboard cannot choose the address that its sign-ins are counted by", async () => {
    const claims = {
      "x-scrapersky-client-address": "203.0.113.1",
      "x-forwarded-for": "203.0.113.2",
      "x-real-ip": "203.0.113.3",
      forwarded: "for=203.0.113.4",
    };
    const cookie = (await openSession(first, claims)).headers.getSetCookie().join("; ");
    const answer = await fetch(`${first.web}/api/auth/get-session`, {
      headers: { cookie, ...claims },
    });
    const { session } = (await answer.json()) as { session: { ipAddress: string } };
    expect(session.ipAddress).toBe("127.0.0.1");
  });

  test("an address that encodes nothing leads nowhere, and is no fault", async () => {
    const session = await openSession(first, {});
    const cookie = session.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const answer = await fetch(`${first.web}/t/%E0%A4%A/jobs`, { headers: { cookie } });
    expect(answer.status).toBe(404);
    expect((await fetch(`${first.web}/api/v3/jobs/%E0%A4%A`, { headers: { cookie } })).status).toBe(
      404,
    );
  });

  test("what a page and what is passed on ask of the API is of the trace that asked for it, without an address", async () => {
    const session = await openSession(first, {});
    const cookie = session.headers.getSetCookie().map((one) => one.split(";")[0]);
    const ask = async (path: string, traceId: string) => {
      const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
      const headers = { cookie: cookie.join("; "), traceparent };
      const answer = await fetch(first.web + path, { headers });
      await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
    };
    const [page, passed] = ["0af7651916cd43dd8448eb211c80319c", "1bf7651916cd43dd8448eb211c80319c"];
    await ask("/t/skyline/batches?search=secret.example", page!);
    await ask("/api/v3/profiles", passed!);
    for (const traceId of [page, passed]) {
      const of = (service: string) =>
        collector.spans.filter((span) => span.traceId === traceId && span.service === service);
      const entry = () =>
        of("scrapersky-web").find(({ parentSpanId }) => parentSpanId === "b7ad6b7169203331");
      const below = () => {
        const ids = new Set(of("scrapersky-web").map(({ spanId }) => spanId));
        return of("scrapersky-api").find(({ parentSpanId }) => ids.has(parentSpanId ?? ""));
      };
      await expect.poll(() => [entry(), below()].includes(undefined)).toBe(false);
    }
    const told = JSON.stringify(collector.spans);
    expect(told).not.toMatch(/skyline|secret|127\.0\.0\.1|localhost/);
  });

  test("its database asks for a password", async () => {
    const { databaseUrl = "" } = await readStack(dataDir);
    expect(new URL(databaseUrl).password).not.toBe("");
  });

  test("only its owner may read the passwords and the secret", async () => {
    for (const name of ["access.json", "auth-secret", "stack.json"]) {
      const { mode } = await stat(join(dataDir, name));
      expect(`${name} ${(mode & 0o777).toString(8)}`).toBe(`${name} 600`);
    }
  });

  test("a second start says where it runs, starts nothing and exits 0", async () => {
    const before = await readStack(dataDir);
    const second = startCommand(dataDir);
    expect(await second.exited).toBe(0);
    expect(second.output()).toContain(`already running at ${first.web}`);
    expect(await readStack(dataDir)).toEqual(before);
  });

  test("a worker and an API that die are started again, and the batch under way ends", async () => {
    const { children } = await readStack(dataDir);
    const created = await callApi(first, "batch_page_scraper/batch", {
      method: "POST",
      body: JSON.stringify({ domains: [site.name], max_pages: 1 }),
    });
    const { batch_id: batchId } = (await created.json()) as { batch_id: string };
    await site.visited;
    for (const child of children.slice(0, 2)) process.kill(child.pid, "SIGKILL");
    await command.says("worker ended (SIGKILL) and is started again");
    await command.says("api ended (SIGKILL) and is started again");
    site.release();
    const readStatus = async () => {
      const path = `batch_page_scraper/batch/${batchId}/status`;
      const answer = await callApi(first, path).catch(() => undefined);
      return answer?.ok ? ((await answer.json()) as { status: string }).status : undefined;
    };
    expect(await waitFor(async () => (await readStatus()) === "complete", 100_000)).toBe(true);
    expect(await signIn(first), "through the dashboard, which went on").toBe(200);
    const now = await readStack(dataDir);
    expect(now.children).toHaveLength(3);
    expect(now.children).toContainEqual(children[2]);
    expect(await areGone(children.slice(0, 2))).toBe(true);
  });

  test("a killed supervisor takes its services along, and the next start adopts the database", async () => {
    const stack = await readStack(dataDir);
    const postgres = await readPostgresPid(dataDir);
    process.kill(stack.pid, "SIGKILL");
    await command.exited;
    expect(await waitFor(() => areGone([stack, ...stack.children]), 100_000)).toBe(true);

    command = startCommand(dataDir);
    await command.says(RUNNING);
    expect(await readPostgresPid(dataDir)).toBe(postgres);
    const access = await readAccess(dataDir);
    expect(access.users).toEqual(first.users);
    expect(await tryKey(access)).toBe(200);
  });

  test("a database of an earlier start that dies stops the whole stack, and says what is not known", async () => {
    const processes = await findProcesses(dataDir);
    process.kill(await readPostgresPid(dataDir), "SIGKILL");
    expect(await command.exited).toBe(1);
    expect(command.output()).toContain("PostgreSQL ended. An earlier start had begun it");
    expect(await areGone(processes)).toBe(true);
  });

  test("without access.json the next start gives the staff new passwords that work", async () => {
    await rm(join(dataDir, "access.json"));
    command = startCommand(dataDir);
    await command.says(RUNNING);
    const access = await readAccess(dataDir);
    expect(access.users[0]?.email).toBe(first.users[0]?.email);
    expect(access.users[0]?.password).not.toBe(first.users[0]?.password);
    expect(await tryKey(access)).toBe(200);
    expect(await signIn(access)).toBe(200);
  });

  test("Ctrl-C stops everything and leaves no process", async () => {
    const processes = await findProcesses(dataDir);
    expect(processes).toHaveLength(5);
    command.child.kill("SIGINT");
    expect(await command.exited).toBe(0);
    expect(command.output()).toContain("Stopped.");
    const worker = await readFile(join(dataDir, "logs/worker.log"), "utf8");
    const api = await readFile(join(dataDir, "logs/api.log"), "utf8");
    const timeOf = (log: string, said: string) =>
      Number(new RegExp(`"time":(\\d+)[^\n]*"msg":"${said}`).exec(log)?.[1]);
    expect(timeOf(worker, "stopped"), "the worker before the API").toBeLessThanOrEqual(
      timeOf(api, "stopping"),
    );
    expect(await areGone(processes)).toBe(true);
  });

  test("a service that dies at once every time stops the whole stack, with the reason", async () => {
    command = startCommand(dataDir);
    await command.says(RUNNING);
    const processes = await findProcesses(dataDir);
    const { children, databaseUrl = "" } = await readStack(dataDir);
    const database = createDatabase({ url: databaseUrl, max: 2 });
    await executeRawSql(database.db, "alter table jobs drop column error");
    await database.close();
    process.kill(children[1]!.pid, "SIGKILL");
    expect(await command.exited).toBe(1);
    for (const text of [
      "worker ended (SIGKILL) and is started again (1 of at most 3 times in a minute)",
      "worker ended (exit code 1) and is started again (3 of",
      "worker ended (exit code 1), and 3 restarts within a minute did not help",
      "worker.log, ends with",
      "set DRIFT=allow to start all the same",
    ]) {
      expect(command.output()).toContain(text);
    }
    expect(await areGone(processes)).toBe(true);
  });
});

describe("with DATABASE_URL", () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => (server = await startTemporaryPostgres({ database: "given" })));
  afterAll(() => server.stop());

  /** Starts on the database until all answers, and gives what was printed. */
  async function start(settings: NodeJS.ProcessEnv, flags: string[] = []) {
    const dataDir = await makeDataDir();
    const command = startCommand(dataDir, { DATABASE_URL: server.url, ...settings }, { flags });
    await command.says(RUNNING);
    return { command, access: await readAccess(dataDir), dataDir };
  }
  async function end(command: Command) {
    command.child.kill("SIGTERM");
    expect(await command.exited).toBe(0);
  }
  const count = async (table: string) => {
    const database = createDatabase({ url: server.url, max: 1 });
    const rows = await executeRawSql<{ n: number }>(
      database.db,
      `select count(*)::int as n from ${table}`,
    );
    await database.close();
    return rows[0]?.n;
  };

  test("nobody is invented: the start says how to make the first owner, and makes the one that is named", async () => {
    const { command, access, dataDir } = await start({});
    expect(await readdir(dataDir)).not.toContain("postgres");
    expect(access.users).toEqual([]);
    expect([await count("tenants"), await count("profiles"), await count("roles")]).toEqual([
      0, 0, 6,
    ]);
    for (const line of [
      "nobody can yet",
      "npm run staff -- tenant create",
      "npm run staff -- add",
    ]) {
      expect(command.output()).toContain(line);
    }
    await end(command);

    const web = "https://sky.example";
    const named = { OWNER_EMAIL: "Grete@Firma.example", OWNER_TENANT: "Firma", WEB_URL: `${web}/` };
    const owned = await start({ ...named, API_HOST: "localhost" });
    const link =
      /https:\/\/sky\.example\/sign-in\/link#[\w-]{43}/.exec(owned.command.output())?.[0] ?? "";
    const { api } = owned.access;
    expect(owned.access).toMatchObject({ web, api: expect.stringContaining("http://localhost:") });
    const use = await fetch(`${api}/api/auth/sign-in/link`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: web },
      body: JSON.stringify({ token: link.split("#")[1], password: "a good password" }),
    });
    expect(use.status).toBe(200);
    await end(owned.command);

    const again = await start(named);
    expect(again.command.output()).toContain("has its own tenants and staff");
    expect(again.command.output()).not.toContain("/sign-in/link#");
    expect(await count("profiles")).toBe(1);
    await end(again.command);
  });

  test("the demo's staff come when they are asked for, beside whoever is there, and nobody's sign-in is reset", async () => {
    const { command, access } = await start({}, ["--demo"]);
    expect(await tryKey(access)).toBe(200);
    const elsewhere = await start({}, ["--demo"]);
    expect(elsewhere.access.users).toEqual([]);
    expect(await signIn({ ...access, web: elsewhere.access.api }, elsewhere.access.web)).toBe(200);
    expect(await tryKey(access), "nobody's key was changed").toBe(200);
    await end(elsewhere.command);
    await end(command);
  });
});

test("a start that is interrupted half-way leaves no process", async () => {
  const dataDir = await makeDataDir();
  const command = startCommand(dataDir);
  await command.says("4/6");
  const supervisor = await readStack(dataDir);
  const postgres = await findProcess(await readPostgresPid(dataDir));
  command.child.kill("SIGINT");
  expect(await command.exited).toBe(0);
  expect(await areGone([supervisor, ...(postgres ? [postgres] : [])])).toBe(true);
  await expect(readStack(dataDir)).rejects.toThrow("ENOENT");
});

describe("a start that cannot be", () => {
  test("a port that was asked for and is taken is named, and nothing is left", async () => {
    const taken = await occupyPort();
    const dataDir = await makeDataDir();
    const command = startCommand(dataDir, { WEB_PORT: String(taken.port) });
    expect(await command.exited).toBe(1);
    expect(command.output()).toContain(`Port ${taken.port} is taken, and WEB_PORT asks for it`);
    await expect(readStack(dataDir)).rejects.toThrow("ENOENT");
    await taken.close();
  });

  test.each([
    ["WORKER_CONCURRENCY", "abc", "The worker's settings are not complete:\n  WORKER_CONCURRENCY"],
    ["WEB_URL", "dashboard", "The api's settings are not complete:\n  WEB_URL"],
    ["API_URL", "http://127.0.0.1:4000", "unset API_URL"],
    ["DATABASE_ECHO", "true", "DATABASE_ECHO is for npm run dev"],
    ["SCRAPER_SITES_FILE", "sites.json", "SCRAPER_SITES_FILE: replaces the internet"],
  ])("a wrong %s is named before anything is started", async (name, value, sentence) => {
    const dataDir = await makeDataDir();
    const command = startCommand(dataDir, { NODE_ENV: "production", [name]: value });
    expect(await command.exited).toBe(1);
    expect(command.output()).toContain(sentence);
    expect(await readdir(dataDir)).not.toContain("postgres");
  });

  test("an empty DATABASE_URL is no invitation to use another database", async () => {
    const dataDir = await makeDataDir();
    const command = startCommand(dataDir, { DATABASE_URL: "" });
    expect(await command.exited).toBe(1);
    expect(command.output()).toContain("DATABASE_URL is set but empty");
  });

  test("a database that does not answer is named without its password", async () => {
    const { port, close } = await occupyPort();
    await close();
    const dataDir = await makeDataDir();
    const command = startCommand(dataDir, {
      DATABASE_URL: `postgresql://ann:hidden-word@127.0.0.1:${port}/shop`,
    });
    expect(await command.exited).toBe(1);
    expect(command.output()).toContain(`127.0.0.1:${port}/shop`);
    expect(command.output()).not.toContain("hidden-word");
    expect(command.output()).not.toContain("next try");
    await expect(readPostgresPid(dataDir)).rejects.toThrow("ENOENT");
  });
});
