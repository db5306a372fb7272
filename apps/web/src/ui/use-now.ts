"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 1000;

let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

/** Without a timer, as on the server and before the page has its script, it is as old as a tick at most: whoever reads twice reads the same. */
const read = (): number => {
  if (timer === undefined && Date.now() - now >= TICK_MS) now = Date.now();
  return now;
};

/** Milliseconds since 1970, moving once a second; one timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, read);
