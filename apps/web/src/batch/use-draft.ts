"use client";

import { useMemo } from "react";
import type { ListFile, ListRequest, Reuse } from "#intake/list-shape.ts";
import { DRAFT_START } from "#shell/draft-key.ts";
import { useKeptValue, type KeptValue } from "./kept-value.ts";

/** A batch that is being written. Numbers stay text until they are sent, so that a field can be empty for a moment. */
export interface Draft {
  text: string;
  /** The column of the text that was chosen for names. */
  column: number | null;
  files: ListFile[];
  reuse: Reuse;
  /** Null until somebody writes one: then the list suggests it. */
  label: string | null;
  maxPages: string;
  maxConcurrent: string;
  /** Of the tries to send this very draft; null once it changed, so that an answer lost on the way makes no second batch. */
  sendingKey: string | null;
}

/** The list that was written before the present one. */
export interface LastList {
  draft: Draft | null;
  /** What became of it: a batch, or nothing. */
  batchId: string | null;
  label: string;
  domains: number;
  /** ISO 8601 in UTC. */
  at: string;
}

const NO_LAST: LastList = { draft: null, batchId: null, label: "", domains: 0, at: "" };

export interface KeptDraft {
  draft: Draft;
  request: ListRequest;
  last: LastList | null;
  change: (patch: (before: Draft) => Partial<Draft>) => void;
  /** The key of this very draft's sending, kept before anything is sent. */
  keySending: () => string;
  /** Puts the draft away, to be used again, in the place of the one before; `onUnused` is told that one's files. */
  putAway: (what: Omit<LastList, "draft" | "at">, onUnused: (files: string[]) => void) => void;
  /** Takes the last list back as the draft. */
  takeBack: () => void;
}

/** Under which key this browser keeps a person's draft; the list before it stands beside. */
export const draftKeys = (tenant: string, personId: string): { draft: string; last: string } => {
  const draft = `${DRAFT_START}batch:${tenant}:${personId}`;
  return { draft, last: `${draft}:last` };
};

/** The list that this browser keeps of the person's last batch, or of what was cleared. */
export const useLastList = (tenant: string, personId: string): KeptValue<LastList> =>
  useKeptValue(draftKeys(tenant, personId).last, NO_LAST);

const idsOf = (draft: Draft | null): string[] => (draft?.files ?? []).map(({ id }) => id);

/**
 * Keeps what a person writes in this browser, so that a reload or an ended session loses nothing, and the list before it;
 * signing out drops both. `empty` must not change.
 */
export const useDraft = (tenant: string, personId: string, empty: Draft): KeptDraft => {
  const draft = useKeptValue(draftKeys(tenant, personId).draft, empty);
  const last = useLastList(tenant, personId);
  const { text, column, files, reuse } = draft.value;
  return {
    draft: draft.value,
    request: useMemo(() => ({ text, column, files, reuse }), [text, column, files, reuse]),
    last: last.value.draft === null ? null : last.value,
    change: (patch) => draft.change((before) => ({ sendingKey: null, ...patch(before) })),
    keySending: () => {
      const sendingKey = draft.value.sendingKey ?? crypto.randomUUID();
      draft.replace({ ...draft.value, sendingKey });
      return sendingKey;
    },
    putAway: (what, onUnused) => {
      const used = new Set(idsOf(draft.value));
      const unused = idsOf(last.value.draft).filter((id) => !used.has(id));
      last.replace({
        ...what,
        draft: { ...draft.value, sendingKey: null },
        at: new Date().toISOString(),
      });
      draft.replace(undefined);
      onUnused(unused);
    },
    takeBack: () => {
      if (last.value.draft === null) return;
      draft.replace({ ...empty, ...last.value.draft });
      last.replace(undefined);
    },
  };
};
