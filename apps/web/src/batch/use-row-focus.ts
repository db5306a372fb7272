"use client";

import { useEffectEvent, useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

const indexOf = (element: Element): number | null => {
  const index = element.closest<HTMLElement>("[data-index]")?.dataset["index"];
  return index === undefined ? null : Number(index);
};

/** Knows which row of a list has the focus, also when that row is taken away. */
export const useHeldRow = () => {
  const held = useRef<number | null>(null);
  const watch = {
    onFocus: (event: FocusEvent): void => {
      held.current = indexOf(event.target);
    },
    onBlur: (event: FocusEvent): void => {
      // A row that is taken away loses the focus as well; that is no wish to be elsewhere.
      if (event.target.isConnected && document.hasFocus()) held.current = null;
    },
  };
  return { held, watch };
};

/**
 * Keeps the focus in a list whose rows come and go: when the row that had it is gone, because it was mended or dropped,
 * the row in its place gets it, or the one before where it was the last.
 */
export const useFocusKept = ({
  held,
  box,
  version,
  drawn: [first, last],
  count,
  onOutOfSight,
  onGone,
}: {
  held: RefObject<number | null>;
  box: RefObject<HTMLElement | null>;
  /** Another one when rows may be others. */
  version: number;
  /** The first and last row that are drawn. */
  drawn: readonly [number, number];
  count: number;
  /** The row that is to have the focus is not drawn. */
  onOutOfSight: (at: number) => void;
  /** The whole list goes while one of its rows has the focus. */
  onGone: () => void;
}): void => {
  const take = useEffectEvent(() => {
    const at = held.current;
    if (at === null || document.activeElement !== document.body) return;
    const next = Math.min(at, count - 1);
    const row = box.current?.querySelector(`[data-index="${next}"]`) ?? null;
    if (row === null) onOutOfSight(next);
    else row.querySelector<HTMLElement>("input, button")?.focus();
  });
  useLayoutEffect(() => take(), [version, first, last]);
  const leave = useEffectEvent(() => {
    if (held.current !== null) onGone();
  });
  useLayoutEffect(() => () => leave(), []);
};
