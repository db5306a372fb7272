"use client";

import { useEffect, useRef } from "react";

/** A key that does something on the page in sight. */
export interface Hotkey {
  key: string;
  /** What it does, as the list of keys says it. */
  words: string;
  run: () => void;
}

// The one registry: what is not in it does nothing and is not in the list of keys. The newest of a key is in force, so that
// a list takes over what the frame offers for every page.
const registered: Hotkey[] = [];

export const hotkeysNow = (): Hotkey[] => [
  ...new Map(registered.map((hotkey) => [hotkey.key, hotkey])).values(),
];

export const findHotkey = (key: string): Hotkey | undefined =>
  registered.findLast((hotkey) => hotkey.key === key);

/** Has a key do something as long as the component is there and `run` is; `everywhere` where no part of the page wants it. */
export const useHotkey = (
  key: string,
  words: string,
  run: (() => void) | undefined,
  everywhere = false,
): void => {
  const current = useRef(run);
  current.current = run;
  const has = run !== undefined;
  useEffect(() => {
    if (!has) return;
    const hotkey: Hotkey = { key, words, run: () => current.current?.() };
    // A page may be there before the frame around it is.
    if (everywhere) registered.unshift(hotkey);
    else registered.push(hotkey);
    return () => {
      registered.splice(registered.indexOf(hotkey), 1);
    };
  }, [key, words, has, everywhere]);
};
