"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { findHotkey, useHotkey } from "./hotkey.ts";
import { moveRow } from "./move-row.ts";

// Loaded when first asked for.
const KeysDialog = lazy(async () => ({ default: (await import("./keys-dialog.tsx")).KeysDialog }));

const TYPING = "input, textarea, select, [contenteditable], dialog[open], [role=menu]";
/** A box that is ticked by space types nothing. */
const TICKING = "input[type=checkbox]";

/** The keys of every page; off while typing. */
export function Hotkeys() {
  const [help, setHelp] = useState<"never" | "open" | "closed">("never");
  useHotkey("j", "Next row", () => moveRow(1), true);
  useHotkey("k", "Row before", () => moveRow(-1), true);
  useHotkey(
    "/",
    "Search",
    () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
    true,
  );
  useHotkey("?", "All keys", () => setHelp("open"), true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const isTyping = target instanceof Element && target.closest(TYPING) !== null;
      if (isTyping && !target.matches(TICKING)) return;
      const hotkey = findHotkey(event.key);
      if (hotkey === undefined) return;
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
