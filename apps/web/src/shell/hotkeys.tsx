"use client";

import { useEffect } from "react";

const TYPING = "input, textarea, select, [contenteditable], dialog[open], [role=menu]";

const moveRow = (step: 1 | -1): void => {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[next]?.focus();
};

const ACTIONS: Record<string, () => void> = {
  j: () => moveRow(1),
  k: () => moveRow(-1),
  "/": () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
};

/** `j` and `k` walk over rows, `/` goes to the search field; off while typing. */
export function Hotkeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target instanceof Element && target.closest(TYPING) !== null) return;
      const action = ACTIONS[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return null;
}
