import { setTimeout as pause } from "node:timers/promises";
import { describeBootFailure } from "@scrapersky/db/drift";
import { pino } from "pino";
import { type Env, readEnv } from "./env.ts";
import { startServer } from "./server.ts";

const USAGE = 2;

function settings(): Env {
  try {
    return readEnv();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(USAGE);
  }
}

const env = settings();
const log = pino({ level: env.LOG_LEVEL, base: { app: "api" } });
const server = await startServer(env, log).catch((error: NodeJS.ErrnoException) => {
  const isTaken = error.code === "EADDRINUSE";
  console.error(
    isTaken
      ? `Port ${env.API_PORT} is taken: set API_PORT to a free one.`
      : (describeBootFailure(error) ?? error.message),
  );
  process.exit(1);
});

let stopping = false;
const atOnce = new AbortController();
/** A proxy needs time to see that it should send nobody here; somebody at a terminal does not want to wait. */
async function stop(signal: "SIGTERM" | "SIGINT"): Promise<void> {
  if (stopping || signal === "SIGINT") atOnce.abort();
  if (stopping) return;
  stopping = true;
  server.retire();
  const waitMs = atOnce.signal.aborted ? 0 : env.SHUTDOWN_WAIT_MS;
  log.info({ signal, waitMs }, "leaving: not ready any more, everything is still served");
  await pause(waitMs, undefined, { signal: atOnce.signal }).catch(() => {});
  log.info({}, "stopping: running requests get a moment to end");
  await server.close();
  log.info({}, "stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
