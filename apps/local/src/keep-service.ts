// A service over its lives: one that dies is started again, so that a fault costs the product moments
// and not its end. One that does not stay up ends the stack, with its last words.
import { setTimeout as pause } from "node:timers/promises";
import type { StackLock } from "@scrapersky/machine";
import { type Child, startChild, waitUntilReady } from "./child.ts";
import type { Service } from "./services.ts";

const RESTARTS_MAX = 3;
const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const READY_TIMEOUT_MS = 90_000;

export interface KeptService {
  name: string;
  /** Waits until it answers for the first time. @throws Error with its last log lines */
  ready(signal: AbortSignal): Promise<void>;
  /** Starts it again whenever it ends; resolves with the reason when that does not help. */
  keep(say: (line: string) => void): Promise<string>;
  stop(): Promise<void>;
  kill(): void;
}

interface Surroundings {
  logs: string;
  lock: StackLock;
  /** Aborted when the whole stack ends: nothing is started any more. */
  ending: AbortSignal;
}

export async function startService(
  service: Service,
  { logs, lock, ending }: Surroundings,
): Promise<KeptService> {
  let child = await startChild({ ...service, logs });
  let restarting: Promise<void> | undefined;

  const record = async (gone?: Child) => {
    lock.record.children = lock.record.children.filter((one) => one !== gone?.identity);
    lock.record.children.push(child.identity);
    await lock.save();
  };
  const restart = async () => {
    const gone = child;
    // What it had started itself may hold the port still.
    await gone.stop();
    child = await startChild({ ...service, logs, appendLog: true });
    await record(gone);
  };
  await record();

  return {
    name: service.name,
    ready: (signal) => waitUntilReady(child, service.ready, READY_TIMEOUT_MS, signal),
    async keep(say) {
      let ends: number[] = [];
      for (;;) {
        const how = await child.exited;
        if (ending.aborted) return await never;
        const now = performance.now();
        ends = [...ends.filter((at) => now - at < WINDOW_MS), now];
        if (ends.length > RESTARTS_MAX) {
          return (
            `${service.name} ended (${how}), and ${RESTARTS_MAX} restarts within a minute did not help. ` +
            `Its log, ${child.logFile}, ends with:\n\n${await child.lastLines()}`
          );
        }
        say(
          `${service.name} ended (${how}) and is started again ` +
            `(${ends.length} of at most ${RESTARTS_MAX} times in a minute); its log: ${child.logFile}`,
        );
        await pause(FIRST_PAUSE_MS * 2 ** (ends.length - 1), undefined, { signal: ending }).catch(
          () => never,
        );
        restarting = restart();
        await restarting;
        // One that hangs is no better than one that is gone.
        const isUp = await waitUntilReady(child, service.ready, READY_TIMEOUT_MS, ending).then(
          () => true,
          () => false,
        );
        if (!isUp && !ending.aborted) child.kill();
      }
    },
    async stop() {
      await restarting?.catch(() => {});
      await child.stop();
    },
    kill: () => child.kill(),
  };
}

const never = new Promise<never>(() => {});
