"use client";

import { DropdownMenu } from "radix-ui";
import { clsx } from "clsx";
import type { ReactNode } from "react";

const ITEM =
  "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-highlighted:bg-hover pointer-coarse:h-11";

export interface MenuEntry {
  key: string;
  content: ReactNode;
  href?: string;
  onSelect?: () => void;
  /** Shown with a mark: this is the one in force. */
  chosen?: boolean;
}

/** A button that opens a list of choices; arrows, first letters and Esc work as in every menu. */
export function Menu({
  trigger,
  heading,
  entries,
  align = "end",
}: {
  trigger: ReactNode;
  heading?: ReactNode;
  entries: MenuEntry[];
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="arriving z-30 max-h-96 min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {heading === undefined ? null : (
            <div className="mb-1 border-b border-line px-2 pt-1 pb-2 text-sm">{heading}</div>
          )}
          {entries.map(({ key, content, href, onSelect, chosen }) => (
            <DropdownMenu.Item key={key} asChild={href !== undefined} onSelect={onSelect} className={ITEM}>
              {href === undefined ? (
                <Choice chosen={chosen}>{content}</Choice>
              ) : (
                <a href={href}>
                  <Choice chosen={chosen}>{content}</Choice>
                </a>
              )}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice({ chosen, children }: { chosen: boolean | undefined; children: ReactNode }) {
  return (
    <>
      <span className="flex min-w-0 flex-1 items-center gap-2 truncate">{children}</span>
      {chosen === true ? (
        <span className={clsx("size-1.5 rounded-full bg-accent")}>
          <span className="sr-only">(current)</span>
        </span>
      ) : null}
    </>
  );
}
