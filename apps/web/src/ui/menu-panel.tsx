"use client";

import { clsx } from "clsx";
import { Link } from "./link.tsx";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { keepInWindow } from "./keep-in-window.ts";
import type { MenuEntry } from "./menu.tsx";

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The choices of an open menu; the first has the focus. */
export function MenuPanel({
  label,
  heading,
  entries,
  align,
  above = false,
  onClose,
}: {
  label: string;
  heading: ReactNode;
  entries: MenuEntry[];
  align: "left" | "right";
  above?: boolean | undefined;
  onClose: (returnFocus: boolean) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []),
  ];
  useLayoutEffect(() => {
    // A browser brings into sight what it gives the focus to: the panel is where it stays before.
    const leave = keepInWindow(root.current);
    root.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    return leave;
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      all[step(at, all.length)]?.focus();
    } else if (event.key === "Tab") {
      onClose(false);
    } else if (event.key.length === 1) {
      const letter = event.key.toLowerCase();
      [...all.slice(at + 1), ...all]
        .find((item) => item.textContent.trim().toLowerCase().startsWith(letter))
        ?.focus();
    }
  };
  return (
    <div
      ref={root}
      onKeyDown={onKeyDown}
      className={clsx(
        "arriving absolute z-30 w-60 rounded-lg border border-line bg-raised p-1 text-sm shadow-float",
        align === "right" ? "right-0" : "left-0",
        above ? "bottom-full mb-1" : "top-full mt-1",
      )}
    >
      {heading === undefined ? null : (
        <div className="mb-1 border-b border-line px-2 pt-1 pb-2">{heading}</div>
      )}
      <div role="menu" aria-label={label} className="max-h-80 overflow-y-auto">
        {entries.map((entry) => (
          <MenuItem key={entry.key} entry={entry} onDone={() => onClose(true)} />
        ))}
      </div>
    </div>
  );
}

const ITEM =
  "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:outline-offset-[-2px] pointer-coarse:h-11";

function MenuItem({ entry, onDone }: { entry: MenuEntry; onDone: () => void }) {
  const { label, href, isFile, onSelect, chosen } = entry;
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
  if (href === undefined) {
    return (
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
    );
  }
  // A link that is gone by the end of the click leads nowhere.
  const own = { href, tabIndex: -1, onClick: () => void setTimeout(onDone), className: ITEM };
  return isFile === true ? (
    <a role="menuitem" {...own}>
      {content}
    </a>
  ) : (
    <Link role="menuitem" prefetch={false} {...own}>
      {content}
    </Link>
  );
}
