"use client";

import { type AnyList, type Filter, PERSONAL } from "@scrapersky/api/lists";
import { Suspense } from "react";
import { formatCount } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { FilterChip } from "#ui/filter-chip.tsx";
import { Later } from "#ui/later.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { LineField } from "./line-field.tsx";
import { wordsOf } from "./list-address.ts";
import type { AnyFilterLabels, AnyLabels } from "./list-labels.ts";
import { late } from "#ui/late.ts";

// Loaded where a filter holds.
const ChosenFilter = late(async () => ({
  default: (await import("./chosen-filter.tsx")).ChosenFilter,
}));
const FilterButton = late(async () => ({
  default: (await import("./filter-button.tsx")).FilterButton,
}));
// Loaded when first opened: most readings of a list need none of it.
const FilterMenu = late(async () => ({
  default: (await import("./filter-menu.tsx")).FilterMenu,
}));

export interface FilterBarProps {
  list: AnyList;
  labels: AnyLabels;
  /** Filters that the page leaves to the reader. */
  names: readonly string[];
  written: Record<string, readonly string[]>;
  /** The question that is asked. */
  input: Record<string, unknown>;
  /** Rows by word of a filter, where they are known. */
  counts: Record<string, Record<string, number> | undefined>;
  onChange: (filters: Record<string, readonly string[]>) => void;
}

/** What narrows a list: a line to type, chips in sight, the chosen ones, and a menu of all of them. */
export function FilterBar(props: FilterBarProps) {
  const { list, labels, names, written, counts, onChange } = props;
  const mayPersonal = useMay(PERSONAL);
  const open = names.filter((name) => mayPersonal || list.filters[name]?.personal !== true);
  const ofKind = (is: (labels: AnyFilterLabels) => boolean) =>
    open.filter((name) => labels.filters[name] !== undefined && is(labels.filters[name]));
  const search = ofKind((each) => "search" in each)[0];
  const inSight = ofKind((each) => "inSight" in each);
  const behind = ofKind((each) => "by" in each && !("inSight" in each));
  const offered = behind.filter((name) => !("fromElsewhere" in labels.filters[name]!));
  const menuProps = { ...props, names: offered };
  return (
    <>
      {open.length === 0 ? null : (
        <LineField {...props} names={open} search={search} key={names.join()} />
      )}
      {inSight.map((name) => (
        <ChipsInSight
          key={name}
          of={list.filters[name]!}
          labels={labels.filters[name]!}
          chosen={written[name]!}
          counts={counts[name]}
          onChange={(chosen) => onChange({ [name]: chosen })}
        />
      ))}
      {behind
        .filter((name) => written[name]![0] !== undefined)
        .map((name) => (
          <Suspense key={name}>
            <ChosenFilter
              name={name}
              labels={labels.filters[name]!}
              chosen={written[name]!}
              onRemove={() => onChange({ [name]: [] })}
            >
              {offered.includes(name) ? (
                <Suspense>
                  <FilterMenu {...menuProps} only={name} />
                </Suspense>
              ) : null}
            </ChosenFilter>
          </Suspense>
        ))}
      {offered.length === 0 ? null : (
        <Later place={<span className="h-8 w-20 pointer-coarse:h-11" />}>
          <FilterButton {...menuProps} />
        </Later>
      )}
    </>
  );
}

function ChipsInSight({
  of,
  labels,
  chosen,
  counts,
  onChange,
}: {
  of: Filter;
  labels: AnyFilterLabels;
  chosen: readonly string[];
  counts: Record<string, number> | undefined;
  onChange: (chosen: readonly string[]) => void;
}) {
  if (!("looks" in labels)) return null;
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
            {typeof look === "string" ? (
              look
            ) : (
              <>
                <ToneIcon tone={look.tone} still />
                {look.word}
              </>
            )}
            {counts && (
              <span className="text-muted tabular-nums">{formatCount(counts[word] ?? 0)}</span>
            )}
          </FilterChip>
        );
      })}
    </div>
  );
}
