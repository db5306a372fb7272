"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { FilterBarProps } from "./filter-bar.tsx";
import { FilterEditor } from "./filter-editor.tsx";
import { subjectOf } from "./list-labels.ts";

const ROW =
  "flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover pointer-coarse:h-11";

/** All filters of a list, and what can be chosen of one; of `only` one where that is given. */
export function FilterMenu({ only, ...props }: FilterBarProps & { only?: string }) {
  const { labels, names, written } = props;
  const [name, setName] = useState(only);
  const [typed, setTyped] = useState("");
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [name]);
  const subject = (of: string): string => subjectOf(labels.filters[of]!) ?? of;
  if (name !== undefined) {
    return (
      <div ref={first} className="p-1">
        {only !== undefined ? null : (
          <button type="button" onClick={() => setName(undefined)} className={`${ROW} text-muted`}>
            <ChevronLeft aria-hidden className="size-3.5" />
            <span className="first-letter:uppercase">{subject(name)}</span>
          </button>
        )}
        <FilterEditor {...props} name={name} />
      </div>
    );
  }
  const found = names.filter((of) =>
    subject(of).toLowerCase().includes(typed.trim().toLowerCase()),
  );
  return (
    <div ref={first} className="p-1">
      <input
        type="text"
        aria-label="Find a filter"
        placeholder="Filter by…"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && found[0] && setName(found[0])}
        className="mb-1 h-8 w-full rounded-sm bg-transparent px-2 outline-none pointer-coarse:h-11"
      />
      <ul className="max-h-80 overflow-y-auto border-t border-line pt-1">
        {found.map((of) => (
          <li key={of}>
            <button type="button" onClick={() => setName(of)} className={ROW}>
              <span className="flex-1 truncate first-letter:uppercase">{subject(of)}</span>
              {(written[of]?.length ?? 0) > 0 ? (
                <span className="text-xs text-muted">{written[of]!.length} chosen</span>
              ) : null}
              <ChevronRight aria-hidden className="size-3.5 text-muted" />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="px-2 py-2 text-muted">No filter is called so.</p> : null}
    </div>
  );
}
