"use client";

import { clsx } from "clsx";
import { useId, useRef, useState, type ReactNode } from "react";
import { useOpenKey } from "#shell/hotkey.ts";
import { type KeyName, shortcutOf } from "#shell/keys.ts";
import { keepInWindow } from "./keep-in-window.ts";
import { useDismiss } from "./use-dismiss.ts";

/** The look of a button that opens what belongs to a list: no louder than the chips beside it. */
export const TOOL_CLASS =
  "inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-sm whitespace-nowrap transition-colors hover:bg-hover pointer-coarse:h-11";

/**
 * A button with a panel below it, for what is more than a menu. Esc and a press elsewhere close it; the focus goes in when
 * it opens and back to the button when it closes by key.
 */
export function Popover({
  label,
  trigger,
  triggerClass,
  hotkey,
  align = "left",
  className,
  children,
}: {
  label: string;
  trigger: ReactNode;
  triggerClass: string;
  /** Opens it as well. */
  hotkey?: KeyName | undefined;
  align?: "left" | "right";
  className?: string;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useDismiss(root, open, (byKey) => (byKey ? close() : setOpen(false)));
  useOpenKey(hotkey, button);
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts={hotkey && shortcutOf(hotkey)}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
        className={triggerClass}
      >
        {trigger}
      </button>
      {open ? (
        <div
          ref={keepInWindow}
          id={panelId}
          role="dialog"
          aria-label={label}
          className={clsx(
            "arriving absolute top-full z-30 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised text-sm shadow-float",
            align === "right" ? "right-0" : "left-0",
            className,
          )}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
