import { type ComponentType, lazy, type LazyExoticComponent, useSyncExternalStore } from "react";

/** Waits between tries, the last one from then on. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

let isOutdated = false;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the server has other scripts than this page was made for, since it was replaced by another version. */
export const useIsOutdated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isOutdated,
    () => false,
  );

const never = new Promise<never>(() => undefined);

/** A server that is away may come back with the script; one that answers without it will not. */
export async function noticeGone(fault: unknown): Promise<void> {
  const script = /\/_next\/static\/[\w./-]+\.js/.exec(String(fault))?.[0];
  if (script === undefined || isOutdated) return;
  const answer = await fetch(script, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (answer?.status !== 404) return;
  isOutdated = true;
  for (const notify of listeners) notify();
}

/** Asks for a script until it can be had, or the server is known to have others: it then stays away, and the page says so. */
export async function persist<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await load();
    } catch (fault) {
      void noticeGone(fault);
      const ms = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (isOutdated) return never;
    }
  }
}

/**
 * A part of a page whose script comes when it is drawn. Where that cannot be had, what stands in its place stays, and the
 * page goes on without it; React's own `lazy` would take the whole page down.
 */
export const late = <Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> => lazy(() => persist(load));
