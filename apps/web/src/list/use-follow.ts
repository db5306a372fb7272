"use client";

import { useEffect, useRef } from "react";

const PAUSE_MS = 1_000;

/**
 * Keeps an answer in step with something that moves elsewhere: when `version` changes the answer is asked for again, at
 * most once a second, and always once after the last change. An answer on its way may have been read before the change,
 * so it is awaited and then asked for again.
 */
export const useFollow = (
  version: string | undefined,
  { isFetching, refetch }: { isFetching: boolean; refetch: () => Promise<unknown> },
): void => {
  const followed = useRef(version);
  const askedAtMs = useRef(-PAUSE_MS);
  useEffect(() => {
    if (isFetching || followed.current === version) return;
    const ask = (): void => {
      followed.current = version;
      askedAtMs.current = performance.now();
      void refetch();
    };
    const timer = setTimeout(ask, Math.max(0, askedAtMs.current + PAUSE_MS - performance.now()));
    return () => clearTimeout(timer);
  }, [version, isFetching, refetch]);
};
