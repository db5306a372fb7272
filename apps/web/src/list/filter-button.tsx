"use client";

import { ListFilter } from "lucide-react";
import { Suspense } from "react";
import { Popover, TOOL_CLASS } from "#ui/popover.tsx";
import type { FilterBarProps } from "./filter-bar.tsx";
import { late } from "#ui/late.ts";

// Loaded when first opened: most readings of a list need none of it.
const FilterMenu = late(async () => ({
  default: (await import("./filter-menu.tsx")).FilterMenu,
}));

/** Opens the menu of all filters. */
export function FilterButton(props: FilterBarProps) {
  return (
    <Popover
      label="Filter"
      triggerClass={TOOL_CLASS}
      trigger={
        <>
          <ListFilter aria-hidden className="size-3.5 text-muted" />
          Filter
        </>
      }
    >
      {() => (
        <Suspense>
          <FilterMenu {...props} />
        </Suspense>
      )}
    </Popover>
  );
}
