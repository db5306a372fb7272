// The stack in order: database, migrations, first data, services. What was begun is ended in
// reverse, whatever happens in between.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { StackLock } from "@scrapersky/machine";
import { createProgress, type Progress } from "../bin/progress.mjs";
import {
  type Access,
  type DemoWish,
  findSecrets,
  type FirstSteps,
  saveAccess,
  seedAccess,
} from "./access.ts";
import { checkSettings, refuseWithoutEffect } from "./check-settings.ts";
import { openDatabase, prepareDatabase, type StackDatabase } from "./database.ts";
import { type Env, isRelease } from "./env.ts";
import { startServices } from "./keep-services.ts";
import { choosePorts } from "./ports.ts";
import { addressesOf, servicesOf } from "./services.ts";

/** Packages and build come first, where there are sources. */
const STEPS_BEFORE = isRelease ? 0 : 2;
const FORCED_STOP_MS = 2_000;

export type Mode = "start" | "dev" | "demo";

export interface Stack {
  /** With the addresses of now, which change when a service is refused its port. */
  access: Access;
  /** Of a database that was given. */
  first: FirstSteps | undefined;
  /** Resolves while the API that answers at its address is ours. */
  apiAnswers(): Promise<void>;
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
  const progress = createProgress({ total: STEPS_BEFORE + 4 });
  let fail: (reason: string) => void = () => {};
  const broken = new Promise<string>((resolve) => (fail = resolve));
  const failWith = (error: unknown) => fail(error instanceof Error ? error.message : String(error));

  refuseWithoutEffect(env, mode);
  const ports = await choosePorts(env, progress.write);
  const addresses = () => addressesOf(env, ports.at);
  const secrets = await findSecrets(env);
  const token = randomBytes(24).toString("base64url");
  const planServices = (databaseUrl: string) =>
    servicesOf({ env, mode, ports: ports.at, databaseUrl, secrets, token });
  const judged = planServices(env.databaseUrl ?? "postgresql://").filter((one) => one.judged);
  await Promise.all(judged.map((service) => checkSettings(service, signal)));

  const database = await startDatabase(env, progress, ending, fail, signal);
  const { identity } = await progress.run(
    { number: STEPS_BEFORE + 2, name: "Migrations", doing: "bringing the tables up to date" },
    async ({ note }) => {
      const prepared = await prepareDatabase(database, env, mode !== "dev", signal);
      note(prepared.news);
      return prepared;
    },
  );

  const seededFor = addresses();
  const { access, first } = await progress.run(
    { number: STEPS_BEFORE + 3, name: "First data", doing: "writing the first tenants and staff" },
    async ({ note }) => {
      const address = database.server?.dataDir ?? database.url;
      // Nobody is invented in what a release keeps.
      const given = database.server === undefined || isRelease;
      const place = {
        built: mode !== "dev",
        env: { ...env.inherited, DATABASE_URL: database.url, WEB_URL: seededFor.web },
        signal,
      };
      const seed = await seedAccess(env, { identity, address, given, demo }, seededFor, place);
      const hows = {
        seeded: "seeded",
        kept: "there already",
        renewed: "new passwords and keys",
        owner: "the first tenant and its owner made",
        unknown: `none: ${database.server ? "nobody is invented here" : "DATABASE_URL leads to a database of its own people"}`,
      };
      note(hows[seed.how]);
      return seed;
    },
  );

  const tell = async () => {
    Object.assign(access, addresses());
    await saveAccess(env, access);
    Object.assign(lock.record, addresses(), { databaseUrl: database.url });
    await lock.save();
  };
  const services = await progress.run(
    {
      number: STEPS_BEFORE + 4,
      name: "Services",
      doing: "waiting for the API, the worker and the dashboard",
    },
    async ({ note, said }) => {
      const around = {
        plan: () => planServices(database.url),
        ports,
        logs,
        lock,
        ending,
        say: progress.write,
        moved: tell,
      };
      const started = await startServices(around, signal);
      await started.ready(signal, (name) => said(`${name} answers`));
      note("api, worker, web answer");
      return started;
    },
  );
  await tell();
  // The link was written before the ports were taken.
  if (first?.made) first.made.link = first.made.link.replace(seededFor.web, access.web);
  void services.keep().then(fail, failWith);
  return { access, first, broken, apiAnswers: () => services.answers("api") };
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
    { number: STEPS_BEFORE + 1, name: "Database", doing: "starting PostgreSQL" },
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
