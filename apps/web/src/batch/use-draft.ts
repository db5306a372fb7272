"use client";

import { useSyncExternalStore } from "react";
import { DRAFT_START } from "#shell/draft-key.ts";

/** A batch that is being written. Numbers stay text until they are sent, so that a field can be empty for a moment. */
export interface Draft {
  text: string;
  label: string;
  maxPages: string;
  maxConcurrent: string;
}

const SAVE_AFTER_MS = 300;

interface Kept {
  draft: Draft;
  saving: ReturnType<typeof setTimeout> | undefined;
}

const drafts = new Map<string, Kept>();
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const read = (key: string, empty: Draft): Kept => {
  const known = drafts.get(key);
  if (known !== undefined) return known;
  let kept: Partial<Draft> = {};
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof parsed === "object" && parsed !== null) kept = parsed;
  } catch {
    // The browser's store is closed or holds something else: the draft begins empty.
  }
  const fresh: Kept = { draft: { ...empty, ...kept }, saving: undefined };
  drafts.set(key, fresh);
  return fresh;
};

const save = (key: string, draft: Draft): void => {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // The browser's store is full or closed: the draft then lives as long as the page.
  }
};

/**
 * Keeps what a person types in this browser, so that a reload or an ended session loses nothing; signing out drops it.
 * `empty` must not change; `change` is told how from the newest draft.
 */
export const useDraft = (
  tenant: string,
  personId: string,
  empty: Draft,
): {
  draft: Draft;
  change: (patch: (before: Draft) => Partial<Draft>) => void;
  discard: () => void;
} => {
  const key = `${DRAFT_START}batch:${tenant}:${personId}`;
  const draft = useSyncExternalStore(
    subscribe,
    () => read(key, empty).draft,
    () => empty,
  );
  return {
    draft,
    change: (patch) => {
      const kept = read(key, empty);
      kept.draft = { ...kept.draft, ...patch(kept.draft) };
      clearTimeout(kept.saving);
      kept.saving = setTimeout(() => save(key, kept.draft), SAVE_AFTER_MS);
      for (const notify of listeners) notify();
    },
    discard: () => {
      clearTimeout(drafts.get(key)?.saving);
      drafts.delete(key);
      localStorage.removeItem(key);
    },
  };
};
