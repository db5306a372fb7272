"use client";

import { useSyncExternalStore } from "react";

/** What is said in passing, with at most one thing to do about it. */
export interface Toast {
  text: string;
  /** Says the same thing anew: takes the place of an earlier one. */
  key?: string;
  /** It is said as long as it is true. */
  stays?: boolean;
  action?: { label: string; run: () => void };
  /** A page with more of it, by its path below the tenant. */
  link?: { label: string; to: string };
}

export interface SaidToast extends Toast {
  id: number;
}

let said: readonly SaidToast[] = [];
let count = 0;
const listeners = new Set<() => void>();
/** Older ones go: nobody reads a fourth. */
const SAID_MAX = 3;

const put = (next: readonly SaidToast[]): void => {
  said = next;
  for (const notify of listeners) notify();
};

/** Says something at the lower edge of the page for as long as it takes to read and to undo. */
export const toast = (next: Toast): void => {
  count += 1;
  const others = said.filter(({ key }) => key === undefined || key !== next.key);
  put([...others, { ...next, id: count }].slice(-SAID_MAX));
};

export const endToast = (id: number): void => put(said.filter((each) => each.id !== id));

/** Whether something of this key is said and nobody has closed it. */
export const isSaid = (key: string): boolean => said.some((each) => each.key === key);

const NONE: readonly SaidToast[] = [];

export const useToasts = (): readonly SaidToast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
    () => NONE,
  );
