import { z } from "zod";
import { boundedList } from "./bounded-list.contract.ts";
import {
  COUNT_MAX,
  CURSOR_LENGTH_MAX,
  FILTER_WORDS_MAX,
  LIST_LIMIT_DEFAULT,
  LIST_LIMIT_MAX,
} from "./wire.contract.ts";
import type { AnyList, Filter, FilterValues, ListInput } from "./list/list.contract.ts";
import { isMoment } from "./list/moment.contract.ts";

export type ListCall<L extends AnyList> = Omit<ListInput<L>, "limit"> & {
  limit?: number | undefined;
};

/** A field for each filter of a list, all of which can be left out. */
export const filtersInput = ({ filters }: AnyList): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [name, schemaOf(filter).optional()]),
  );

/** The schema of what the procedure of a list takes. */
export function listInput<L extends AnyList>(list: L): z.ZodType<ListInput<L>, ListCall<L>> {
  return z.object({
    ...filtersInput(list),
    order: z.enum(Object.keys(list.orders)).optional(),
    limit: z.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
    cursor: z.string().max(CURSOR_LENGTH_MAX).optional(),
  }) as unknown as z.ZodType<ListInput<L>, ListCall<L>>;
}

/** With its zone, or a day, which begins in UTC. */
export const timeText = z
  .string()
  .refine(isMoment, "This is no time or day of ISO 8601.")
  .transform((text) => (text.includes("T") ? text : `${text}T00:00:00Z`));

/** Without a word nothing would be asked: that is said by leaving the filter out. */
const someOf = (word: z.ZodType) => boundedList(word, { max: FILTER_WORDS_MAX });

function schemaOf(filter: Filter): z.ZodType {
  switch (filter.kind) {
    case "choices":
      return someOf(z.enum(filter.words));
    case "words":
      return someOf(z.string().max(filter.max));
    case "text":
      return z.string().trim().max(filter.max);
    case "flag":
      return z.boolean();
    case "time":
      return timeText;
    case "count":
      return z.number().int().min(0).max(COUNT_MAX);
  }
}

/** What a list is counted by: its filters, and whether every row is to be counted, however long that takes. */
export type CountInput<L extends AnyList> = FilterValues<L> & { exact?: boolean | undefined };

export const countInput = <L extends AnyList>(list: L): z.ZodType<CountInput<L>, CountInput<L>> =>
  z.object({ ...filtersInput(list), exact: z.boolean().optional() }) as unknown as z.ZodType<
    CountInput<L>,
    CountInput<L>
  >;

export const facetsInput = <L extends AnyList>(
  list: L,
): z.ZodType<FilterValues<L>, FilterValues<L>> =>
  z.object(filtersInput(list)) as unknown as z.ZodType<FilterValues<L>, FilterValues<L>>;

/** A filter that is kept and asked again later. A word that is none of the list's is refused: without it more would be found. */
export const filterInput = <L extends AnyList>(
  list: L,
): z.ZodType<FilterValues<L>, FilterValues<L>> =>
  z.strictObject(filtersInput(list)) as unknown as z.ZodType<FilterValues<L>, FilterValues<L>>;
