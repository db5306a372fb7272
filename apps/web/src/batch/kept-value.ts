"use client";

import { useSyncExternalStore } from "react";

interface Kept<T> {
  value: T;
  saving: ReturnType<typeof setTimeout> | undefined;
}

const SAVE_AFTER_MS = 300;

const known = new Map<string, Kept<object>>();
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const load = (key: string): object => {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    // The browser's store is closed or holds something else: nothing was kept.
    return {};
  }
};

const read = <T extends object>(key: string, empty: T): Kept<T> => {
  const found = known.get(key) as Kept<T> | undefined;
  if (found !== undefined) return found;
  const fresh: Kept<T> = { value: { ...empty, ...load(key) }, saving: undefined };
  known.set(key, fresh);
  return fresh;
};

const save = (key: string, value: object | undefined): void => {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser's store is full or closed: the value then lives as long as the page.
  }
};

/** A value that this browser keeps, and the ways to change it. */
export interface KeptValue<T> {
  value: T;
  /** Told how from the newest value; saved a moment later. */
  change: (patch: (before: T) => Partial<T>) => void;
  /** Replaces it and saves at once; nothing is kept of it when undefined. */
  replace: (value: T | undefined) => void;
}

/** Keeps a value in this browser under a key. `empty` must not change. */
export const useKeptValue = <T extends object>(key: string, empty: T): KeptValue<T> => {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key, empty).value,
    () => empty,
  );
  const tell = (): void => {
    for (const notify of listeners) notify();
  };
  return {
    value,
    change: (patch) => {
      const kept = read(key, empty);
      kept.value = { ...kept.value, ...patch(kept.value) };
      clearTimeout(kept.saving);
      kept.saving = setTimeout(() => save(key, kept.value), SAVE_AFTER_MS);
      tell();
    },
    replace: (next) => {
      clearTimeout(read(key, empty).saving);
      known.set(key, { value: next ?? empty, saving: undefined });
      save(key, next);
      tell();
    },
  };
};
