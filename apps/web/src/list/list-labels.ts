import type { AnyList, Choices, Filter, Flag } from "@scrapersky/api/lists";
import type { ReactNode } from "react";
import type { Look } from "#ui/status.tsx";

/** Chips, one for each thing that can be chosen. */
interface ChoiceLabels<Word extends string> {
  /** What is chosen by, as in "Filter by status". */
  by: string;
  looks: Record<Word, Look>;
}

/** A field to type in. */
interface SearchLabels {
  search: string;
}

/** A chip as long as the filter holds: it is set from elsewhere. */
interface ChipLabels {
  chip: string;
  show?: (value: string) => ReactNode;
}

type FilterLabels<F extends Filter> =
  F extends Choices<infer Word>
    ? ChoiceLabels<Word>
    : F extends Flag
      ? ChoiceLabels<"yes" | "no">
      : SearchLabels | ChipLabels;

/** How people read a list: the compiler asks for each of its filters, and for each word of one. */
export interface ListLabels<L extends AnyList> {
  /** One row, as in "No batch matches these filters". */
  one: string;
  filters: { [Name in keyof L["filters"]]: FilterLabels<L["filters"][Name]> };
}

export type AnyFilterLabels = ChoiceLabels<string> | SearchLabels | ChipLabels;
