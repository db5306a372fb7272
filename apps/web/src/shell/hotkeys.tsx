"use client";

import { Suspense, useEffect, useState } from "react";
import { afterLoad } from "#ui/after-load.ts";
import { findHotkeys, useHotkey } from "./hotkey.ts";
import { hasMod, type KeyName } from "./keys.ts";
import { isInModal, isTyped } from "./typing.ts";
import { moveRow } from "./move-row.ts";
import { late, persist } from "#ui/late.ts";

// Loaded when first asked for.
const KeysDialog = late(async () => ({ default: (await import("./keys-dialog.tsx")).KeysDialog }));

/** Whether what has the focus leaves this key to the page. */
const isFree = (event: Event, name: KeyName): boolean =>
  name === "palette" || (!isInModal(event) && (hasMod(name) || !isTyped(event)));

/** The keys of every page, off while typing but for those with ⌘ or Ctrl, and its hints. */
export function Hotkeys() {
  const [help, setHelp] = useState<"never" | "open" | "closed">("never");
  useHotkey("nextRow", () => moveRow(1), true);
  useHotkey("rowBefore", () => moveRow(-1), true);
  useHotkey("search", () => document.querySelector<HTMLElement>("[data-search]")?.focus(), true);
  useHotkey("help", () => setHelp("open"), true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const free = findHotkeys(event).filter(({ name }) => isFree(event, name));
      if (free.length === 0) return;
      event.preventDefault();
      free.some(({ run }) => run(event) !== false);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  useEffect(
    () =>
      afterLoad(
        () => void persist(() => import("#ui/hints.ts")).then(({ showHints }) => showHints()),
      ),
    [],
  );
  return help === "never" ? null : (
    <Suspense>
      <KeysDialog open={help === "open"} onClose={() => setHelp("closed")} />
    </Suspense>
  );
}
