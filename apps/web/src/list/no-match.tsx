"use client";

import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type AnyLabels, subjectOf } from "./list-labels.ts";

/** Nothing passes the filters, or nothing is left of a page: which filter to drop. */
export function NoMatch({
  labels,
  narrowing,
  onDrop,
  onClear,
}: {
  labels: AnyLabels;
  /** Names of the filters that hold. */
  narrowing: readonly string[];
  onDrop: (name: string) => void;
  onClear: () => void;
}) {
  const isFiltered = narrowing.length > 0;
  return (
    <EmptyState
      title={isFiltered ? `No ${labels.one} matches these filters` : "Nothing is left on this page"}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {narrowing.length > 1
            ? narrowing.map((name) => (
                <Button key={name} onClick={() => onDrop(name)}>
                  Without {subjectOf(labels.filters[name]!) ?? "the search"}
                </Button>
              ))
            : null}
          <Button onClick={onClear}>
            {isFiltered ? "Clear the filters" : "Show the first page"}
          </Button>
        </div>
      }
    />
  );
}
