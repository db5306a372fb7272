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

const read = (): number => {
  if (now === 0 || timer === undefined) now = Date.now();
  return now;
};

/** Milliseconds since 1970, moving once a second; one timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, read);
