"use client";

import { type ReactNode, Suspense, useSyncExternalStore } from "react";

const never = (): (() => void) => () => undefined;

/**
 * What a page is drawn and read without. It comes, with its script, once the page is there, into the place that is kept
 * for it; until then there is nothing to press that would do nothing.
 */
export function Later({ place, children }: { place: ReactNode; children: ReactNode }) {
  const isThere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isThere ? <Suspense fallback={place}>{children}</Suspense> : place;
}
