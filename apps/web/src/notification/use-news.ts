"use client";

import type { Notification as Note, Notifications } from "@scrapersky/api/contract";
import { useEffect, useRef, useState } from "react";

/** A batch that ends again is news again. */
const keyOf = ({ notificationId, createdAt }: Note): string => `${notificationId} ${createdAt}`;

/**
 * Calls back with what has come since this window was opened, and gives how much of it came while nobody looked at the
 * window; looking at it makes that none.
 */
export const useNews = (
  latest: Notifications | undefined,
  onNews: (note: Note) => void,
): number => {
  const known = useRef<Set<string> | undefined>(undefined);
  const [unseen, setUnseen] = useState(0);
  const call = useRef(onNews);
  call.current = onNews;
  useEffect(() => {
    if (latest === undefined) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...latest.items.map(keyOf)]);
    if (before === undefined) return;
    const news = latest.items.filter((note) => note.readAt === null && !before.has(keyOf(note)));
    for (const note of news) call.current(note);
    if (document.visibilityState === "hidden") setUnseen((count) => count + news.length);
  }, [latest]);
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") setUnseen(0);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return unseen;
};
