"use client";

import { clsx } from "clsx";
import { useEffect, useSyncExternalStore } from "react";
import { formatWholeSeconds } from "#format/time.ts";
import { useIsOutdated } from "#ui/late.ts";
import { useNow } from "#ui/use-now.ts";

/** How the page in sight gets its news: pushed, asked for again and again, trying to come back, or not at all. */
export type LiveMode = "live" | "polling" | "reconnecting" | "still";

interface Reading {
  mode: LiveMode;
  /** When the newest data on the page was read, milliseconds since 1970. */
  readAtMs: number;
}

let reading: Reading | undefined;
const listeners = new Set<() => void>();

const setReading = (next: Reading | undefined): void => {
  reading = next;
  for (const notify of listeners) notify();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const none = (): undefined => undefined;

/** Tells the header how fresh this page is, as long as the page is there; `null` leaves that to another part of it. */
export const useReportFreshness = (wanted: LiveMode | null, readAtMs: number): void => {
  // Nothing has been read yet: there is no age to tell.
  const mode = readAtMs === 0 ? null : wanted;
  useEffect(() => {
    if (mode !== null) setReading({ mode, readAtMs });
  }, [mode, readAtMs]);
  const reports = mode !== null;
  useEffect(() => (reports ? () => setReading(undefined) : undefined), [reports]);
};

const subscribeOnline = (listener: () => void): (() => void) => {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
};

export const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );

const WORDS: Record<LiveMode, string> = {
  live: "Live",
  polling: "Auto-refresh",
  reconnecting: "Reconnecting",
  still: "Up to date",
};
/** Data younger than this needs no age beside it. */
const AGE_SHOWN_SECONDS = 15;

/** The dot in the header: whether news arrives by itself, and how old the page is when it does not. */
export function LiveIndicator() {
  const current = useSyncExternalStore(subscribe, () => reading, none);
  const online = useOnline();
  const now = useNow();
  if (current === undefined) return null;
  const ageSeconds = Math.max(0, Math.floor((now - current.readAtMs) / 1000));
  const calm = online && (current.mode === "live" || current.mode === "polling");
  return (
    <span
      className="inline-flex items-center gap-1.5 text-xs text-muted"
      data-hint={`Read ${formatWholeSeconds(ageSeconds)} ago`}
    >
      <span
        aria-hidden
        className={clsx(
          "size-2 rounded-full",
          !online ? "bg-failed-fill" : calm ? "bg-complete-fill" : "bg-partial-fill",
          current.mode === "still" && online && "bg-waiting-fill",
        )}
      />
      <span className="max-sm:sr-only">{online ? WORDS[current.mode] : "Offline"}</span>
      {ageSeconds >= AGE_SHOWN_SECONDS && current.mode !== "still" ? (
        <span className="tabular-nums max-sm:hidden">{formatWholeSeconds(ageSeconds)} ago</span>
      ) : null}
    </span>
  );
}

const BANNER_CLASS = "border-b border-line bg-surface px-4 py-2 text-sm sm:px-6";

/** Says that the network is gone and that what is on the page stays, or that the page is of an older version. */
export function Banner() {
  const online = useOnline();
  const outdated = useIsOutdated();
  if (!online) {
    return (
      <p role="status" className={BANNER_CLASS}>
        <strong className="font-medium text-failed">You are offline.</strong> What you see is kept
        and refreshes by itself when the network is back.
      </p>
    );
  }
  return outdated ? (
    <p role="status" className={BANNER_CLASS}>
      <strong className="font-medium">A newer version is there.</strong> Parts of this page cannot
      be had until it is loaded again.{" "}
      <button className="text-accent-text underline" onClick={() => location.reload()}>
        Reload the page
      </button>
    </p>
  ) : null;
}
