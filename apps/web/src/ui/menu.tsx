"use client";

import { clsx } from "clsx";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface MenuEntry {
  key: string;
  label: string;
  href?: string;
  onSelect?: () => void;
  /** The one in force: shown with a mark. */
  chosen?: boolean;
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * A button that opens a list of choices, with the keys of every menu: arrows, Home, End, first letters, Esc. Written here
 * because the usual library weighs as much gzipped as all our own script of a page.
 */
export function Menu({
  label,
  trigger,
  triggerClass,
  heading,
  entries,
  align = "right",
}: {
  label: string;
  trigger: ReactNode;
  triggerClass: string;
  heading?: ReactNode;
  entries: MenuEntry[];
  align?: "left" | "right";
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();

  const items = (): HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []),
  ];
  const close = (returnFocus: boolean): void => {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", onPointerDown);
    return () => removeEventListener("pointerdown", onPointerDown);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      all[step(at, all.length)]?.focus();
    } else if (event.key === "Escape") {
      // Only the menu closes, not a drawer around it.
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Tab") {
      close(false);
    } else if (event.key.length === 1) {
      const letter = event.key.toLowerCase();
      [...all.slice(at + 1), ...all]
        .find((item) => item.textContent.trim().toLowerCase().startsWith(letter))
        ?.focus();
    }
  };
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
        className={triggerClass}
      >
        {trigger}
      </button>
      {open ? (
        <div
          onKeyDown={onKeyDown}
          className={clsx(
            "arriving absolute top-full z-30 mt-1 w-60 rounded-lg border border-line bg-raised p-1 text-sm shadow-float",
            align === "right" ? "right-0" : "left-0",
          )}
        >
          {heading === undefined ? null : (
            <div className="mb-1 border-b border-line px-2 pt-1 pb-2">{heading}</div>
          )}
          <div id={menuId} role="menu" aria-label={label} className="max-h-80 overflow-y-auto">
            {entries.map((entry) => (
              <MenuItem key={entry.key} entry={entry} onDone={() => close(true)} />
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}

const ITEM =
  "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:outline-offset-[-2px] pointer-coarse:h-11";

function MenuItem({ entry, onDone }: { entry: MenuEntry; onDone: () => void }) {
  const { label, href, onSelect, chosen } = entry;
  const content = (
    <>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {chosen === true ? (
        <span className="size-1.5 rounded-full bg-accent-text">
          <span className="sr-only">(current)</span>
        </span>
      ) : null}
    </>
  );
  return href === undefined ? (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        onDone();
        onSelect?.();
      }}
      className={ITEM}
    >
      {content}
    </button>
  ) : (
    <a
      href={href}
      role="menuitem"
      tabIndex={-1}
      // A link that is gone by the end of the click leads nowhere.
      onClick={() => setTimeout(onDone)}
      className={ITEM}
    >
      {content}
    </a>
  );
}
