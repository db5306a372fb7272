"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/** Whether a dialog lies over it, so that keys belong to that. */
const isBelowDialog = (element: Element | null): boolean => {
  const dialog = document.querySelector("dialog[open]");
  return dialog !== null && !dialog.contains(element);
};

/** Closes what is open by a press elsewhere, and by Esc wherever the focus is: what had it may be gone. */
export const useDismiss = (
  root: RefObject<Element | null>,
  open: boolean,
  onDismiss: (byKey: boolean) => void,
): void => {
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) dismiss(false);
    };
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || isBelowDialog(root.current)) return;
      // Only this closes, neither a drawer around it nor what is shown beside a list.
      event.preventDefault();
      event.stopPropagation();
      dismiss(true);
    };
    addEventListener("pointerdown", onPointerDown);
    addEventListener("keydown", onEscape, true);
    return () => {
      removeEventListener("pointerdown", onPointerDown);
      removeEventListener("keydown", onEscape, true);
    };
  }, [root, open]);
};
