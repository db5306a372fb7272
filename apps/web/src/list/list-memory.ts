"use client";

// What Back restores beside the address: the row that had the focus, and what was selected. Kept as long as the window
// lives, by the address of the list; a reload begins anew.

const kept = new Map<string, unknown>();
const KEPT_MAX = 100;

const keyOf = (what: string, scope: string): string => `${location.pathname} ${what} ${scope}`;

/** Keeps something of the list in sight. */
export const remember = (what: string, scope: string, value: unknown): void => {
  const key = keyOf(what, scope);
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
};

export const recall = <T>(what: string, scope: string): T | undefined =>
  typeof location === "undefined" ? undefined : (kept.get(keyOf(what, scope)) as T | undefined);

let cameBackAtMs = -Infinity;
/** A page that somebody comes back to is drawn within so long. */
const BACK_MS = 5_000;

if (typeof window !== "undefined") {
  addEventListener("popstate", () => (cameBackAtMs = performance.now()));
}

/** Whether somebody has just come here by Back or Forward. */
export const hasComeBack = (): boolean => performance.now() - cameBackAtMs < BACK_MS;

const addresses = new Map<string, string>();

/** Keeps how the list at a path was asked last, so that the way up from a row leads to it. */
export const rememberAddress = (): void => {
  addresses.set(location.pathname, location.pathname + location.search);
};

/** The address to which the way up to a list leads: as it was left, else plain. */
export const addressLeft = (path: string): string => addresses.get(path) ?? path;
