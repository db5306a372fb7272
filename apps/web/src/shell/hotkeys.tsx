"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { findHotkey, useHotkey } from "./hotkey.ts";
import { hasMod, type KeyName } from "./keys.ts";
import { moveRow } from "./move-row.ts";

// Loaded when first asked for.
const KeysDialog = lazy(async () => ({ default: (await import("./keys-dialog.tsx")).KeysDialog }));

const MODAL = "dialog[open], [role=menu]";
const TYPING = "input, textarea, select, [contenteditable]";
/** A box that is ticked by space types nothing. */
const TICKING = "input[type=checkbox]";

/** Whether what has the focus leaves this key to the page. */
const isFree = ({ target }: Event, name: KeyName): boolean => {
  if (name === "palette" || !(target instanceof Element)) return true;
  if (target.closest(MODAL) !== null) return false;
  return hasMod(name) || target.closest(TYPING) === null || target.matches(TICKING);
};

/** The keys of every page; those that are letters are off while typing. */
export function Hotkeys() {
  const [help, setHelp] = useState<"never" | "open" | "closed">("never");
  useHotkey("nextRow", () => moveRow(1), true);
  useHotkey("rowBefore", () => moveRow(-1), true);
  useHotkey("search", () => document.querySelector<HTMLElement>("[data-search]")?.focus(), true);
  useHotkey("help", () => setHelp("open"), true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const hotkey = findHotkey(event);
      if (hotkey === undefined || !isFree(event, hotkey.name)) return;
      event.preventDefault();
      hotkey.run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return help === "never" ? null : (
    <Suspense>
      <KeysDialog open={help === "open"} onClose={() => setHelp("closed")} />
    </Suspense>
  );
}
