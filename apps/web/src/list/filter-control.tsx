"use client";

import type { Filter } from "@scrapersky/api/lists";
import { formatCount } from "#format/number.ts";
import { ActiveFilter, FilterChip, SearchField } from "#ui/filters.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { wordsOf } from "./list-address.ts";
import type { AnyFilterLabels } from "./list-labels.ts";

/** One filter of a list: chips to choose from, a chip as long as it holds, or a field to type in. */
export function FilterControl({
  of,
  labels,
  chosen,
  counts,
  onChange,
}: {
  of: Filter;
  labels: AnyFilterLabels;
  chosen: readonly string[];
  /** Rows by word, where they are known. */
  counts: Record<string, number> | undefined;
  onChange: (chosen: readonly string[]) => void;
}) {
  const text = chosen.join(", ");
  if ("search" in labels) {
    return (
      <div className="ml-auto flex-1 basis-44 xl:max-w-60">
        <SearchField label={labels.search} value={text} onChange={(typed) => onChange([typed])} />
      </div>
    );
  }
  if ("chip" in labels) {
    return text === "" ? null : (
      <ActiveFilter
        label={
          <>
            {labels.chip}: <span className="figures">{labels.show?.(text) ?? text}</span>
          </>
        }
        onRemove={() => onChange([])}
      />
    );
  }
  return (
    <div role="group" aria-label={`Filter by ${labels.by}`} className="flex flex-wrap gap-2">
      {wordsOf(of).map((word) => {
        const pressed = chosen.includes(word);
        const others = chosen.filter((other) => other !== word);
        const look = labels.looks[word]!;
        return (
          <FilterChip
            key={word}
            pressed={pressed}
            // A flag is one or the other, of words there can be several.
            onPress={() =>
              onChange(pressed ? others : of.kind === "flag" ? [word] : [...others, word])
            }
          >
            <ToneIcon tone={look.tone} still />
            {look.word}
            {counts && (
              <span className="text-muted tabular-nums">{formatCount(counts[word] ?? 0)}</span>
            )}
          </FilterChip>
        );
      })}
    </div>
  );
}
