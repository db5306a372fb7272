"use client";

import { useSyncExternalStore } from "react";

const never = (): (() => void) => () => undefined;

/** How the key for commands is written on this person's keyboard. */
export const useCommandKey = (): "⌘" | "Ctrl" =>
  useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
