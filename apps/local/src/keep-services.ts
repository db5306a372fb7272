// The services over their lives. One that dies is started again, so that a fault costs the product
// moments and not its end; one that was refused its port gets another, and with it whoever must know.
// One that does not stay up ends the stack, with its last words.
import { isDeepStrictEqual } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import type { StackLock } from "@scrapersky/machine";
import { type Child, startChild } from "./child.ts";
import type { Ports } from "./ports.ts";
import { PortTaken, waitUntilReady } from "./readiness.ts";
import type { Service } from "./services.ts";
import type { Ending } from "./stack.ts";

const RESTARTS_MAX = 3;
const WINDOW_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const READY_TIMEOUT_MS = 90_000;

/** What the services are started with, and who is told of them. */
export interface Surroundings {
  /** The services with the ports of now, in the order of their start. */
  plan(): Service[];
  ports: Ports;
  logs: string;
  lock: StackLock;
  ending: Ending;
  say(line: string): void;
  /** A service has another port than before: the addresses are others. */
  moved(): Promise<void>;
}

/** One service: its process of now, and what that was started with. */
interface Kept {
  plan: Service;
  child: Child;
  /** Resolves while it answers; another promise from its end on. */
  up: PromiseWithResolvers<void>;
}

export interface KeptServices {
  /** Waits until each answers for the first time. @throws Error with the last log lines of one that does not */
  ready(signal: AbortSignal, said: (name: string) => void): Promise<void>;
  /** Starts each again whenever it ends; resolves with the reason when that does not help. */
  keep(): Promise<string>;
  /** Resolves when the service answers, at once when it does. */
  answers(name: string): Promise<void>;
}

export async function startServices(
  around: Surroundings,
  signal: AbortSignal,
): Promise<KeptServices> {
  const { logs, lock, ending } = around;
  const all: Kept[] = [];
  /** Changes of processes, one after the other. */
  let changes = Promise.resolve();
  const change = (work: () => Promise<void>): Promise<void> => {
    const done = changes.then(work);
    changes = done.catch(() => {});
    return done;
  };

  const record = async (child: Child, gone?: Child) => {
    lock.record.children = lock.record.children.filter((one) => one !== gone?.identity);
    lock.record.children.push(child.identity);
    await lock.save();
  };
  const restart = async (one: Kept) => {
    const gone = one.child;
    // What it had started itself may hold the port still.
    await gone.stop();
    if (ending.signal.aborted) return;
    one.child = await startChild({ ...one.plan, logs, appendLog: true });
    await record(one.child, gone);
  };
  /** Another port for a service whose process of then was refused its own. */
  const move = (one: Kept, refused: Child) =>
    change(async () => {
      if (one.child !== refused || ending.signal.aborted) return;
      await around.ports.replace(one.plan.name);
      for (const [index, plan] of around.plan().entries()) {
        const other = all[index]!;
        if (isDeepStrictEqual(other.plan, plan)) continue;
        other.plan = plan;
        other.up = Promise.withResolvers();
        await restart(other);
      }
      await around.moved();
    });
  const getReady = async (one: Kept, until: AbortSignal) => {
    for (;;) {
      const { child, plan } = one;
      try {
        await waitUntilReady(child, plan.ready, READY_TIMEOUT_MS, until);
        if (one.child === child) return one.up.resolve();
      } catch (error) {
        await changes;
        // Started anew meanwhile, for the sake of another one's port.
        if (one.child !== child) continue;
        if (!(error instanceof PortTaken)) throw error;
        await move(one, child);
      }
    }
  };

  for (const plan of around.plan()) {
    signal.throwIfAborted();
    const child = await startChild({ ...plan, logs });
    const one: Kept = { plan, child, up: Promise.withResolvers() };
    ending.add(plan.name, {
      async stop() {
        await changes;
        await one.child.stop();
      },
      kill: () => one.child.kill(),
    });
    all.push(one);
    await record(child);
  }

  const keepOne = async (one: Kept): Promise<string> => {
    let ends: number[] = [];
    for (;;) {
      const { child } = one;
      const how = await child.exited;
      await changes;
      if (ending.signal.aborted) return await never;
      if (one.child !== child) {
        await settle(one);
        continue;
      }
      one.up = Promise.withResolvers();
      const now = performance.now();
      ends = [...ends.filter((at) => now - at < WINDOW_MS), now];
      if (ends.length > RESTARTS_MAX) {
        return (
          `${one.plan.name} ended (${how}), and ${RESTARTS_MAX} restarts within a minute did not help. ` +
          `Its log, ${child.logFile}, ends with:\n\n${await child.lastLines()}`
        );
      }
      around.say(
        `${one.plan.name} ended (${how}) and is started again ` +
          `(${ends.length} of at most ${RESTARTS_MAX} times in a minute); its log: ${child.logFile}`,
      );
      const waited = pause(FIRST_PAUSE_MS * 2 ** (ends.length - 1), undefined, {
        signal: ending.signal,
      });
      await waited.catch(() => never);
      await change(async () => {
        if (one.child === child) await restart(one);
      });
      await settle(one);
    }
  };
  /** One that hangs is no better than one that is gone. */
  const settle = async (one: Kept) => {
    const { child } = one;
    try {
      await getReady(one, ending.signal);
    } catch {
      if (ending.signal.aborted) return;
      if (one.child === child) child.kill();
    }
  };

  return {
    async ready(until, said) {
      const waits = all.map(async (one) => {
        await getReady(one, until);
        said(one.plan.name);
      });
      await Promise.all(waits);
    },
    keep: () => Promise.race(all.map(keepOne)),
    answers: (name) => all.find(({ plan }) => plan.name === name)?.up.promise ?? never,
  };
}

const never = new Promise<never>(() => {});
