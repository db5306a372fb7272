import type { AnyList, Choices, Filter, Flag } from "@scrapersky/api/lists";
import type { Look } from "#ui/status.tsx";

/** A word of a filter as people read it: alone, or with the icon of what it stands for. */
export type WordLook = string | Look;

/** What can be chosen is known: each word has its look. */
interface ChoiceLabels<Word extends string> {
  /** What is chosen by, as in "Filter by status". */
  by: string;
  looks: Record<Word, WordLook>;
  /** As chips that are always in sight, instead of behind "Filter". */
  inSight?: true;
}

/** A field to type in: the one of the list. */
interface SearchLabels {
  search: string;
}

/** What only the rows know, typed or chosen among what they have. */
export interface OpenLabels {
  by: string;
  /** A value as people read it. */
  show?: (value: string) => string;
  /** Set by links from elsewhere and not offered for choosing. */
  fromElsewhere?: true;
}

type FilterLabels<F extends Filter> =
  F extends Choices<infer Word>
    ? ChoiceLabels<Word>
    : F extends Flag
      ? ChoiceLabels<"yes" | "no">
      : SearchLabels | OpenLabels;

/** How people read a list: the compiler asks for each of its filters, and for each word of one. */
export interface ListLabels<L extends AnyList> {
  /** One row, as in "No batch matches these filters". */
  one: string;
  /** Several; `one` with an s when left out. */
  many?: string;
  filters: { [Name in keyof L["filters"]]: FilterLabels<L["filters"][Name]> };
}

export type AnyFilterLabels = ChoiceLabels<string> | SearchLabels | OpenLabels;
export type AnyLabels = Omit<ListLabels<AnyList>, "filters"> & {
  filters: Record<string, AnyFilterLabels>;
};

/** What a filter narrows by; undefined for the field of the list. */
export const subjectOf = (labels: AnyFilterLabels): string | undefined =>
  "by" in labels ? labels.by : undefined;

/** A chosen word or typed value in the words of people. */
export const shownWord = (labels: AnyFilterLabels, word: string): string => {
  if ("looks" in labels) {
    const look = labels.looks[word];
    return typeof look === "object" ? look.word : (look ?? word);
  }
  return ("show" in labels ? labels.show?.(word) : undefined) ?? word;
};

export const manyOf = ({ one, many }: Pick<AnyLabels, "one" | "many">): string => many ?? `${one}s`;
