"use client";

import { Suspense, useEffect, useState } from "react";
import { useCommandKey } from "#ui/command-key.ts";
import { Glyph } from "#ui/glyph.tsx";
import { namesOneThing } from "./direct-text.ts";
import { useHotkey } from "./hotkey.ts";
import { shortcutOf } from "./keys.ts";
import { isTyped } from "./typing.ts";
import { late } from "#ui/late.ts";

// Loaded when first opened: most page views never need it.
const Palette = late(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** Opens the palette, by hand, by key, or with what is pasted into the page. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);
  const command = useCommandKey();
  const [wanted, setWanted] = useState(false);
  const [pasted, setPasted] = useState("");
  const begin = (text: string): void => {
    setPasted(text);
    setWanted(true);
    setOpen(true);
  };
  useHotkey("palette", () => (open ? setOpen(false) : begin("")), true);
  useEffect(() => {
    // An id or address that is pasted into no field is looked for.
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      if (event.defaultPrevented || isTyped(event) || !namesOneThing(text)) return;
      event.preventDefault();
      begin(text);
    };
    addEventListener("paste", onPaste);
    return () => removeEventListener("paste", onPaste);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts={shortcutOf("palette")}
        onClick={() => begin("")}
        className="inline-flex h-8 items-center justify-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text sm:border sm:border-line sm:bg-surface pointer-coarse:h-11 pointer-coarse:min-w-11"
      >
        <Glyph of="search" className="size-4 sm:size-3.5" />
        <span className="max-sm:sr-only">Go to…</span>
        <kbd
          aria-hidden
          className="inline-flex items-center rounded-sm border border-line px-1 font-sans text-2xs max-sm:hidden"
        >
          {command === "⌘" ? "⌘K" : "Ctrl K"}
        </kbd>
      </button>
      {wanted ? (
        <Suspense>
          <Palette open={open} pasted={pasted} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
