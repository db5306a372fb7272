import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@scrapersky/embedded";
import { startApiProcess } from "../api-process.ts";
import { measured } from "../env.ts";
import { CONTENDER_CORE, spawnOn } from "../scrape/processes.ts";
import type { NextApp } from "./next-app.ts";
import { CONNECTIONS } from "./served.ts";

/** What is asked for twenty rows, a process of its own on the second core. */
export interface Contender {
  who: string;
  origin: string;
  pid: number | undefined;
  path: string;
  stop(): Promise<void>;
}

/** Rows of an answer, wherever its server puts them. */
export const rowsOf = (answer: unknown): unknown[] => {
  const { result, items } = answer as {
    result?: { data: { items: unknown[] } };
    items?: unknown[];
  };
  return result?.data.items ?? items ?? [];
};

const INPUT = encodeURIComponent(JSON.stringify({ limit: 20 }));
const PROCEDURE = `/api/trpc/profiles.list?input=${INPUT}`;
const TRIES_MAX = 1_200;

/** The API with its default settings but for the size of its pool, which all contenders have. */
export async function startProcedure(databaseUrl: string): Promise<Contender> {
  const settings = { DATABASE_POOL_MAX: String(CONNECTIONS), LIMIT_STREAMS: "0" };
  const api = await startApiProcess(databaseUrl, settings, CONTENDER_CORE);
  return { who: "procedure", path: PROCEDURE, ...api };
}

export async function startNext(databaseUrl: string, app: NextApp): Promise<Contender> {
  const port = await findFreePort();
  const env = {
    PATH: measured["PATH"],
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
  };
  const child = spawnOn(CONTENDER_CORE, app.start(port), env, { cwd: app.folder });
  return await untilReady("router in Next", child, port, { path: PROCEDURE, ready: "/nowhere" });
}

export async function startBareHono(databaseUrl: string, tenantId: string): Promise<Contender> {
  const port = await findFreePort();
  const program = join(import.meta.dirname, "bare-process.ts");
  const args = [program, databaseUrl, tenantId, String(port)];
  const child = spawnOn(CONTENDER_CORE, args, { ...measured, NODE_ENV: "production" });
  return await untilReady("bare Hono", child, port, { path: "/profiles", ready: "/health" });
}

async function untilReady(
  who: string,
  child: ChildProcess,
  port: number,
  { path, ready }: { path: string; ready: string },
): Promise<Contender> {
  child.stdout?.resume();
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const answer = await fetch(origin + ready).catch(() => undefined);
    if (answer !== undefined) return { who, origin, pid: child.pid, path, stop };
    await delay(50);
  }
  await stop();
  throw new Error(`${who} did not start; its message is above.`);
}
