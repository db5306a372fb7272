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

let isBack = false;

if (typeof window !== "undefined") {
  addEventListener("popstate", () => (isBack = true));
  // However long the page takes: what comes after it was come back to begins with a press.
  for (const press of ["pointerdown", "keydown"]) {
    addEventListener(press, () => (isBack = false), { capture: true, passive: true });
  }
}

/** Whether somebody came here by Back or Forward, and has pressed nothing since. */
export const hasComeBack = (): boolean => isBack;

const addresses = new Map<string, string>();

/** Keeps how the list at a path was asked last, so that the way up from a row leads to it. */
export const rememberAddress = (): void => {
  addresses.set(location.pathname, location.pathname + location.search);
};

/** The address to which the way up to a list leads: as it was left, else plain. */
export const addressLeft = (path: string): string => addresses.get(path) ?? path;
