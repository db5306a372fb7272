"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { noticeGone } from "#ui/late.ts";
import { NO_LIST, type ListRequest, type ListSummary } from "./list-shape.ts";
import type { RemoteKeeper } from "./open-list-keeper.ts";

const PAUSE_MS = 80;

type Opened = Promise<{ keeper: RemoteKeeper; close: () => void }>;

export interface SortedList {
  summary: ListSummary;
  /** Counts the answers; another one means that rows may be others. */
  version: number;
  /** False while the answer is of an older list. */
  settled: boolean;
  /** True when the part that sorts could not be loaded. */
  failed: boolean;
  /** The part that holds the list, started when first asked for. */
  keeper: () => Promise<RemoteKeeper>;
  /** Sorts the same list again, for what was learned about it. */
  again: () => void;
}

const isEmpty = ({ text, files }: ListRequest): boolean => text.trim() === "" && files.length === 0;

/** The list's entries sorted by what will become of them. `request` is another object exactly when the list is another one. */
export const useList = (request: ListRequest): SortedList => {
  const opened = useRef<Opened | null>(null);
  const [failed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const [answer, setAnswer] = useState<{
    of: ListRequest | null;
    summary: ListSummary;
    version: number;
  }>({
    of: null,
    summary: NO_LIST,
    version: 0,
  });

  const keeper = useCallback(async (): Promise<RemoteKeeper> => {
    opened.current ??= import("./open-list-keeper.ts").then(({ openListKeeper }) =>
      openListKeeper(() => setFailed(true)),
    );
    try {
      return (await opened.current).keeper;
    } catch (error) {
      opened.current = null;
      void noticeGone(error);
      setFailed(true);
      throw error;
    }
  }, []);

  useEffect(
    () => () => {
      void opened.current?.then(({ close }) => close());
      opened.current = null;
    },
    [],
  );
  useEffect(() => {
    if (isEmpty(request)) return;
    let isCurrent = true;
    const sort = async (): Promise<void> => {
      const summary = await (await keeper()).sort(request);
      if (summary === null || !isCurrent) return;
      setAnswer(({ version }) => ({ of: request, summary, version: version + 1 }));
    };
    const timer = setTimeout(() => void sort().catch(() => setFailed(true)), PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [request, turn, keeper]);

  const again = useCallback(() => setTurn((before) => before + 1), []);
  const empty = isEmpty(request);
  return {
    summary: empty ? NO_LIST : answer.summary,
    version: answer.version,
    settled: empty || answer.of === request,
    failed,
    keeper,
    again,
  };
};
