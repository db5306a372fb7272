"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";

/** A filter that came from elsewhere, such as a batch or a reason; pressing it drops it. */
export function ActiveFilter({ label, onRemove }: { label: ReactNode; onRemove: () => void }) {
  return (
    <button
      type="button"
      onClick={onRemove}
      className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md border border-accent-text bg-accent-soft px-2.5 text-sm pointer-coarse:h-11"
    >
      <span className="truncate">{label}</span>
      <X aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">(remove this filter)</span>
    </button>
  );
}

const PAUSE_MS = 250;

/** Text that filters a list once the writer pauses; `/` jumps here. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  // Back and "clear filters" change the value from outside; what is being typed wins otherwise.
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <div className="relative w-full lg:w-96">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && onChange(text)}
        className="h-8 w-full rounded-md border border-field-line bg-surface pr-2 pl-8 text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
    </div>
  );
}
