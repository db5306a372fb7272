// The stack in order: database, migrations, first data, services. What was begun is ended in
// reverse, whatever happens in between.
import { join } from "node:path";
import type { StackLock } from "@scrapersky/machine";
import { createProgress, type Progress } from "../bin/progress.mjs";
import {
  type Access,
  type DemoWish,
  findAuthSecret,
  type FirstSteps,
  seedAccess,
} from "./access.ts";
import { checkSettings, refuseWithoutEffect } from "./check-settings.ts";
import { openDatabase, prepareDatabase, type StackDatabase } from "./database.ts";
import type { Env } from "./env.ts";
import { type KeptService, startService } from "./keep-service.ts";
import { choosePort } from "./ports.ts";
import { servicesOf } from "./services.ts";

const FORCED_STOP_MS = 2_000;

export type Mode = "start" | "dev" | "demo";

export interface Stack {
  access: Access;
  /** Of a database that was given. */
  first: FirstSteps | undefined;
  /** Resolves with the reason when a part of the stack ended by itself for good. */
  broken: Promise<string>;
}

/** What has been started so far, and how to end it. */
export interface Ending {
  /** Aborted when the end begins. */
  signal: AbortSignal;
  add(name: string, end: { stop(): Promise<void>; kill(): void }): void;
  stopAll(say: (line: string) => void): Promise<void>;
  killAll(): void;
}

export function createEnding(): Ending {
  const begun: { name: string; stop(): Promise<void>; kill(): void }[] = [];
  const over = new AbortController();
  return {
    signal: over.signal,
    add: (name, { stop, kill }) => begun.push({ name, stop, kill }),
    async stopAll(say) {
      over.abort();
      for (let one = begun.pop(); one !== undefined; one = begun.pop()) {
        const late = setTimeout(say, 1_500, `  waiting for ${one.name} …`);
        await one.stop();
        clearTimeout(late);
      }
    },
    killAll() {
      over.abort();
      for (const one of begun) one.kill();
    },
  };
}

/**
 * Starts everything and returns when all of it answers. `ending` gets every part at the moment it
 * exists, so that a failure or a signal half-way leaves nothing behind.
 * @throws Error with a text for a person
 */
export async function startStack(
  env: Env,
  { mode, demo }: { mode: Mode; demo: DemoWish },
  lock: StackLock,
  ending: Ending,
  signal: AbortSignal,
): Promise<Stack> {
  const logs = join(env.dataDir, "logs");
  const progress = createProgress({ total: 6 });
  let fail: (reason: string) => void = () => {};
  const broken = new Promise<string>((resolve) => (fail = resolve));
  const failWith = (error: unknown) => fail(error instanceof Error ? error.message : String(error));

  refuseWithoutEffect(env, mode);
  const ports = await choosePorts(env, progress);
  const web = env.webUrl ?? `http://localhost:${ports.web}`;
  const api = `http://${reachableHost(env.apiHost)}:${ports.api}`;
  const authSecret = await findAuthSecret(env);
  const planServices = (databaseUrl: string) =>
    servicesOf({ env, mode, ports, webUrl: web, apiUrl: api, databaseUrl, authSecret });
  const judged = planServices(env.databaseUrl ?? "postgresql://").filter((one) => one.judged);
  await Promise.all(judged.map((service) => checkSettings(service, signal)));

  const database = await startDatabase(env, progress, ending, fail, signal);
  await progress.run(
    { number: 4, name: "Migrations", doing: "bringing the tables up to date" },
    async ({ note }) => note(await prepareDatabase(database, env, mode !== "dev", signal)),
  );

  const services = planServices(database.url);
  const { access, first } = await progress.run(
    { number: 5, name: "First data", doing: "writing the first tenants and staff" },
    async ({ note }) => {
      const mark = database.server?.dataDir ?? database.url;
      const given = database.server === undefined;
      const place = {
        built: mode !== "dev",
        env: { ...env.inherited, DATABASE_URL: database.url, WEB_URL: web },
        signal,
      };
      const seed = await seedAccess(env, { mark, given, demo }, { web, api }, place);
      const hows = {
        seeded: "seeded",
        kept: "there already",
        renewed: "new passwords and keys",
        owner: "the first tenant and its owner made",
        unknown: "none: DATABASE_URL leads to a database of its own people",
      };
      note(hows[seed.how]);
      return seed;
    },
  );

  await progress.run(
    { number: 6, name: "Services", doing: "waiting for the API, the worker and the dashboard" },
    async ({ note, said }) => {
      const kept: KeptService[] = [];
      for (const plan of services) {
        signal.throwIfAborted();
        const service = await startService(plan, { logs, lock, ending: ending.signal });
        ending.add(service.name, service);
        kept.push(service);
      }
      const waits = kept.map(async (service) => {
        await service.ready(signal);
        said(`${service.name} answers`);
      });
      await Promise.all(waits);
      note(`${kept.map((service) => service.name).join(", ")} answer`);
      for (const service of kept) void service.keep(progress.write).then(fail, failWith);
    },
  );
  Object.assign(lock.record, { web, api, databaseUrl: database.url });
  await lock.save();
  return { access, first, broken };
}

/** An address that means every interface is none to connect to. */
function reachableHost(host = "127.0.0.1"): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function choosePorts(env: Env, progress: Progress) {
  const given = new Set<number>();
  const choose = async (wanted: Env["webPort"], what: string) => {
    const port = await choosePort(wanted, given);
    given.add(port);
    if (wanted.askedBy === undefined && port !== wanted.port) {
      progress.write(`        Port ${wanted.port} is taken: ${what} uses ${port}.`);
    }
    return port;
  };
  const web = await choose(env.webPort, "the dashboard");
  const api = await choose(env.apiPort, "the API");
  const worker = await choose(env.workerPort, "the worker's health answer");
  return { web, api, worker };
}

async function startDatabase(
  env: Env,
  progress: Progress,
  ending: Ending,
  fail: (reason: string) => void,
  signal: AbortSignal,
): Promise<StackDatabase> {
  const lines: string[] = [];
  const database = await progress.run(
    { number: 3, name: "Database", doing: "starting PostgreSQL" },
    (report) => openDatabase(env, report, (line) => lines.push(line)),
  );
  const { server } = database;
  if (server) {
    ending.add("PostgreSQL", {
      stop: () => server.stop(),
      kill: () => void server.stop({ timeoutMs: FORCED_STOP_MS }),
    });
    void server.exited.then(() =>
      fail(
        server.adopted
          ? "PostgreSQL ended. An earlier start had begun it, and what it said went there: " +
              "nothing of it is kept. The next start recovers its data."
          : `PostgreSQL ended. Its last words:\n\n${lines.slice(-15).join("\n")}`,
      ),
    );
  }
  signal.throwIfAborted();
  return database;
}
