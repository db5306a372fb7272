"use client";

import { Glyph } from "#ui/glyph.tsx";
import { Link } from "#ui/link.tsx";
import { useSyncExternalStore } from "react";
import { addressLeft } from "#list/list-memory.ts";

const never = (): (() => void) => () => undefined;

/** The way up to a list: with the filters and the page that it was left with. */
export function BackLink({ href, label }: { href: string; label: string }) {
  const to = useSyncExternalStore(
    never,
    () => addressLeft(href),
    () => href,
  );
  return (
    <Link
      href={to}
      className="-ml-1 inline-flex max-w-full items-center gap-0.5 hover:text-text hover:underline"
    >
      <Glyph of="back" className="size-3.5" />
      <span className="truncate">{label}</span>
    </Link>
  );
}
