"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import type { MenuEntry } from "#ui/menu.tsx";
import { MenuPanel } from "#ui/menu-panel.tsx";
import { useDismiss } from "#ui/use-dismiss.ts";

/** As tall as entries are, under a finger too. */
const entryPx = (): number => (matchMedia("(pointer: coarse)").matches ? 44 : 32);
const AROUND_PX = 20;

/** The button of a row that opens its menu. */
const buttonOf = (key: string): HTMLElement | null =>
  document.querySelector(`tr[data-key="${CSS.escape(key)}"] [data-menu]`);

/** What can be done with a row, beside its button and over whatever is there. */
export function RowMenu({
  row,
  entries,
  onClose,
}: {
  row: string;
  entries: MenuEntry[];
  onClose: () => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const leave = (returnFocus: boolean): void => {
    onClose();
    if (returnFocus) buttonOf(row)?.focus();
  };
  useDismiss(root, true, leave);
  const onMoved = useEffectEvent((event: Event) => {
    if (event.target instanceof Node && root.current?.contains(event.target)) return;
    onClose();
  });
  useEffect(() => {
    // It stands where the row was.
    const moved = (event: Event): void => onMoved(event);
    for (const kind of ["scroll", "resize"]) addEventListener(kind, moved, true);
    return () => {
      for (const kind of ["scroll", "resize"]) removeEventListener(kind, moved, true);
    };
  }, []);
  const place = buttonOf(row)?.getBoundingClientRect();
  if (place === undefined) return null;
  const tall = entries.length * entryPx() + AROUND_PX;
  const top = Math.max(0, Math.min(place.bottom, innerHeight - tall));
  return (
    <div ref={root} style={{ top, left: place.left, width: place.width }} className="fixed z-40">
      <MenuPanel
        label="What can be done with the row"
        heading={undefined}
        entries={entries}
        align="right"
        onClose={leave}
      />
    </div>
  );
}
