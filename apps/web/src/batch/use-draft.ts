"use client";

import { useEffect, useState } from "react";

/** A batch that is being written. Numbers stay text until they are sent, so that a field can be empty for a moment. */
export interface Draft {
  text: string;
  label: string;
  maxPages: string;
  maxConcurrent: string;
}

const SAVE_AFTER_MS = 300;

const read = (key: string): Partial<Draft> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
};

/** Keeps what is typed in this browser, so that a reload or an ended session loses nothing. */
export const useDraft = (
  tenant: string,
  empty: Draft,
): { draft: Draft; change: (patch: Partial<Draft>) => void; discard: () => void } => {
  const key = `draft:batch:${tenant}`;
  const [draft, setDraft] = useState(empty);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    setDraft((before) => ({ ...before, ...read(key) }));
    setLoaded(true);
  }, [key]);
  useEffect(() => {
    if (!loaded) return;
    const timer = setTimeout(() => {
      try {
        localStorage.setItem(key, JSON.stringify(draft));
      } catch {
        // The browser's store is full or closed: the draft then lives as long as the page.
      }
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, draft, loaded]);
  return {
    draft,
    change: (patch) => setDraft((before) => ({ ...before, ...patch })),
    discard: () => {
      setLoaded(false);
      localStorage.removeItem(key);
    },
  };
};
