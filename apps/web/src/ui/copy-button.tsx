"use client";

import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";
import { Glyph } from "./glyph.tsx";

const SHOWN_MS = 1500;
const ID_SHOWN = 8;

/** Copies a value; says so for a moment. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={copied ? "Copied" : label}
      className="size-6"
      onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
    >
      <Glyph
        of={copied ? "check" : "copy"}
        className={copied ? "size-3.5 text-complete" : "size-3.5"}
      />
    </IconButton>
  );
}

/** The end of an id: ids of one minute begin alike. */
export const shortId = (id: string): string =>
  id.length > ID_SHOWN ? `…${id.slice(-ID_SHOWN)}` : id;

/** Beside others it is cut, where it has a line of its own it is whole. */
export const CUT = "min-w-0 lg:truncate max-lg:wrap-anywhere";

/** A value in a row or a panel, with a button that copies it and stands above the link of its row. */
export function Copyable({
  text,
  value = text,
  label,
  strong = false,
}: {
  text: string;
  /** What is copied, where that is not what is read. */
  value?: string;
  label: string;
  strong?: boolean;
}) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5">
      <span className={strong ? "min-w-0 text-base font-medium wrap-anywhere" : CUT} dir="auto">
        {text}
      </span>
      <span className="relative z-1 -my-1 shrink-0">
        <CopyButton value={value} label={label} />
      </span>
    </span>
  );
}

/** An id to compare or paste elsewhere: shortened to read, whole when copied. */
export function CopyableId({ id, label }: { id: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <span className="figures text-muted" data-hint={id}>
        {shortId(id)}
      </span>
      <CopyButton value={id} label={label} />
    </span>
  );
}
