import type { Permission } from "../rbac/permissions.ts";

// What a list is, as data: procedures, REST, pages and SQL are made from it. Part of the first paint of pages, so
// nothing here or in a `*-list.contract.ts` loads a library.

/** A filter by its kind. `address` is its name in the address of a page, where that differs from its own. */
interface Named {
  address?: string;
}

/** Any of several words of a closed list. */
export interface Choices<Word extends string = string> extends Named {
  kind: "choices";
  words: readonly Word[];
}

/** Any of several words that only the rows know. */
export interface Words extends Named {
  kind: "words";
  /** Characters of each. */
  max: number;
}

/** One text, such as a name or the beginning of one. */
export interface Text extends Named {
  kind: "text";
  max: number;
}

/** Yes or no. */
export interface Flag extends Named {
  kind: "flag";
}

export type Filter = Choices | Words | Text | Flag;
export type Filters = Record<string, Filter>;

export const choices = <const Word extends string>(
  words: readonly Word[],
  named: Named = {},
): Choices<Word> => ({ kind: "choices", words, ...named });

export const words = (max: number, named: Named = {}): Words => ({ kind: "words", max, ...named });

export const text = (max: number, named: Named = {}): Text => ({ kind: "text", max, ...named });

export const flag = (named: Named = {}): Flag => ({ kind: "flag", ...named });

export interface ListContract<Name extends string, F extends Filters, Order extends string> {
  /** Of the router whose `list` answers it; names the list in cursors and caches. */
  name: Name;
  /** What procedure, route and page ask for. */
  permission: Permission;
  filters: F;
  /** Orders of the rows, each with the filters that it needs. The first is taken when none is asked for. */
  orders: Record<Order, readonly (keyof F & string)[]>;
}

export type AnyList = ListContract<string, Filters, string>;

export const listContract = <
  const Name extends string,
  F extends Filters,
  const Order extends string,
>(
  contract: ListContract<Name, F, Order>,
): ListContract<Name, F, Order> => contract;

/** What a filter of this kind is asked by. */
export type FilterValue<F extends Filter> =
  F extends Choices<infer Word>
    ? Word[]
    : F extends Words
      ? string[]
      : F extends Text
        ? string
        : boolean;

export type FilterValues<L extends AnyList> = {
  [Name in keyof L["filters"]]?: FilterValue<L["filters"][Name]> | undefined;
};

export type OrderOf<L extends AnyList> = keyof L["orders"] & string;

/** One page of a list is asked for by this. `cursor` is opaque and comes from another page of the same question. */
export type ListInput<L extends AnyList> = FilterValues<L> & {
  order?: OrderOf<L> | undefined;
  /** Rows of the page at most. */
  limit: number;
  cursor?: string | undefined;
};

/** A page of a list. The cursors lead to its neighbours; null where the list ends. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  previousCursor: string | null;
}
