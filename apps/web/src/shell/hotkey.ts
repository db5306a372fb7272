"use client";

import { type RefObject, useEffect, useRef } from "react";
import { isKey, type KeyName } from "./keys.ts";

/** A key of the registry, and what it does on the page in sight. */
interface Hotkey {
  name: KeyName;
  run: Run;
}

/** What a key does; false where it has nothing to do, so that another part of the page may. */
type Run = (event: Pick<KeyboardEvent, "shiftKey">) => void | false;

// What is not in force does nothing. The newest of a key is, so that a list takes over what the frame offers for every page.
const inForce: Hotkey[] = [];

export const keysInForce = (): Set<KeyName> => new Set(inForce.map(({ name }) => name));

/** What a key may do, the newest first. */
export const findHotkeys = (event: KeyboardEvent): Hotkey[] =>
  inForce.filter(({ name }) => isKey(event, name)).toReversed();

/** Has a key do something as long as the component is there and `run` is; `everywhere` where no part of the page wants it. */
export const useHotkey = (
  name: KeyName | undefined,
  run: Run | undefined,
  everywhere = false,
): void => {
  const current = useRef(run);
  current.current = run;
  const has = run !== undefined;
  useEffect(() => {
    if (name === undefined || !has) return;
    const hotkey: Hotkey = { name, run: (event) => current.current?.(event) };
    // A page may be there before the frame around it is.
    if (everywhere) inForce.unshift(hotkey);
    else inForce.push(hotkey);
    return () => {
      inForce.splice(inForce.indexOf(hotkey), 1);
    };
  }, [name, has, everywhere]);
};

/** Has a key press a button, which gets the focus as it does when somebody tabs to it. */
export const useOpenKey = (
  name: KeyName | undefined,
  button: RefObject<HTMLButtonElement | null>,
): void =>
  useHotkey(name, () => {
    button.current?.focus();
    button.current?.click();
  });

/** Does what a key would. */
export const pressKey = (wanted: KeyName): void =>
  void inForce
    .filter(({ name }) => name === wanted)
    .toReversed()
    .some(({ run }) => run({ shiftKey: false }) !== false);
