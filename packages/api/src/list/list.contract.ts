import type { Permission } from "../rbac/permissions.ts";

// What a list is, as data: procedures, REST, pages and SQL are made from it. A `*-list.contract.ts` is a plain object
// that `satisfies AnyList`; it is part of the first paint of pages, so it loads no library.

/** A filter by its kind. `address` is its name in the address of a page, where that differs from its own. */
interface Named {
  address?: string;
  /** Speaks of how somebody is reached: needs `contacts:read` beside the right to the list. */
  personal?: true;
}

/** Any of several words of a closed list, in the order in which pages offer them. */
export interface Choices<Word extends string = string> extends Named {
  kind: "choices";
  words: readonly Word[];
  /** Other words for some of them, which programs of the first system use. */
  aliases?: Readonly<Record<string, Word>>;
}

/** Any of several words that only the rows know. */
export interface Words extends Named {
  kind: "words";
  /** Characters of each. */
  max: number;
  /** None of them holds a comma, so that several may stand in one parameter of an address. */
  codes?: true;
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

/** A moment, as ISO 8601 says it. */
export interface Time extends Named {
  kind: "time";
}

/** A whole number of at least 0. */
export interface Count extends Named {
  kind: "count";
}

export type Filter = Choices | Words | Text | Flag | Time | Count;

/** The right that seeing addresses, numbers and names of people needs beside that to the list. */
export const PERSONAL = "contacts:read" satisfies Permission;

/** A column of a list's export. */
export interface Column {
  /** Heads it in a spreadsheet; programs know it by its key. */
  header: string;
  /** What its cells hold: `time` is UTC, `texts` are several in one cell. */
  kind: "text" | "number" | "flag" | "time" | "texts";
  /** Says who somebody is or how to reach them: needs `PERSONAL`. */
  personal?: true;
  /** In others' own words: without `PERSONAL` told without the addresses and numbers in it. */
  written?: true;
}

export interface AnyList {
  /** Of the router whose `list` answers it; names the list in cursors and caches. */
  name: string;
  /** What procedure, route and page ask for. */
  permission: Permission;
  filters: Record<string, Filter>;
  /** Orders of the rows, each with the filters that it needs. The first is taken when none is asked for. */
  orders: Record<string, readonly string[]>;
  /** What rows are counted by, value for value. */
  facets?: readonly string[];
  /** REST answers it at its name with fewer filters or orders: who asks for more calls the procedure. */
  isNarrowInRest?: true;
  /** What an export tells of each row, in this order. Lists without columns are not exported. */
  columns?: Record<string, Column>;
}

/** What a filter or a column of a list is called in addresses of REST: `jobType` is `job_type`. */
export const queryName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What a filter of this kind is asked by. */
export type FilterValue<F extends Filter> =
  F extends Choices<infer Word>
    ? Word[]
    : F extends Words
      ? string[]
      : F extends Text | Time
        ? string
        : F extends Count
          ? number
          : boolean;

export type FilterValues<L extends AnyList> = {
  -readonly [Name in keyof L["filters"]]?: FilterValue<L["filters"][Name]> | undefined;
};

export type ColumnOf<L extends AnyList> = L extends { columns: infer Columns }
  ? keyof Columns & string
  : never;

export type FacetOf<L extends AnyList> = L extends { facets: readonly (infer Name)[] }
  ? Name & string
  : never;

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

/** How many rows a list has. `exact` false: about so many. */
export interface RowCount {
  value: number;
  exact: boolean;
}

/** The most frequent values of the rows, counted among the first `rows` of them; `all` when those are all there are. */
export interface Facets<L extends AnyList> {
  rows: number;
  all: boolean;
  facets: Record<FacetOf<L>, { value: string; count: number }[]>;
}
