"use client";

import { type ReactNode, Suspense, useRef, useState } from "react";
import { useOpenKey } from "#shell/hotkey.ts";
import { type KeyName, shortcutOf } from "#shell/keys.ts";
import { useDismiss } from "./use-dismiss.ts";
import { late } from "./late.ts";

export interface MenuEntry {
  key: string;
  label: string;
  href?: string;
  /** What is there is no page. */
  isFile?: true;
  onSelect?: () => void;
  /** The one in force: shown with a mark. */
  chosen?: boolean;
}

const loadPanel = () => import("./menu-panel.tsx");
// Comes as soon as somebody reaches for the button: most page views open no menu.
const MenuPanel = late(async () => ({ default: (await loadPanel()).MenuPanel }));

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
  hotkey,
  align = "right",
  above,
}: {
  label: string;
  trigger: ReactNode;
  triggerClass: string;
  heading?: ReactNode;
  entries: MenuEntry[];
  /** Opens it as well. */
  hotkey?: KeyName;
  align?: "left" | "right";
  /** It opens over its button: for one at the lower edge of the page. */
  above?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (returnFocus: boolean): void => {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  };
  useDismiss(root, open, close);
  useOpenKey(hotkey, button);
  // The call that needs it says what is wrong.
  const prepare = (): void => void loadPanel().catch(() => undefined);
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-keyshortcuts={hotkey && shortcutOf(hotkey)}
        aria-expanded={open}
        onPointerEnter={prepare}
        onFocus={prepare}
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
        <Suspense>
          <MenuPanel
            label={label}
            heading={heading}
            entries={entries}
            align={align}
            above={above}
            onClose={close}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
