import type { SQL, SQLWrapper } from "drizzle-orm";
import type { AnyList, FilterValues, OrderOf } from "./list.contract.ts";

// How the rows of a list are found, where the planner alone would at times read all rows of a tenant: it takes filters
// for independent of each other and of the order, so that it walks an index for a page that never fills, or collects what
// half of the rows have. `select-by-ways.ts` reads a list by these; a test holds each of them to the conditions of its list.

/** Rows in their order, by an index that has it. */
export interface Walk {
  /** What is read, with the name that conditions know it by; its own columns are named by `keys` and `ranges`. */
  table: SQLWrapper;
  id: SQLWrapper;
  /** The keys of the order in this table; those of the order itself when left out. */
  keys?: readonly SQLWrapper[];
  /** Each one range of the index; every row that is asked for is in one of them, and in no other. */
  ranges: readonly SQL[];
  /** The first key of the order in each of the ranges, where that is one number and what an index has begins behind it. */
  ranks?: readonly number[];
  /** Everything that was asked and the ranges do not say; left out where all of their rows are asked for. */
  test?: SQL | undefined;
  /** Hardly a row of the ranges fails the test, so that a page soon fills. */
  dense?: boolean;
  /** In the place of `ROWS_WORTH_A_WALK`, where a row is walked for another price. */
  worth?: number;
  /** Its index alone has the keys, so that rows are skipped for little, and is one that others are combined with. */
  skips?: boolean;
}

/** Rows by what they have in common, in no order: for what few have. */
export type Gather =
  /**
   * One more condition, that an index answers, with the filters that need not be asked besides; `few` says, where it is
   * known beforehand, that these are so few that nothing else is to be tried; `own`, that these are rows of the tenant alone, so
   * that no index of all of its rows is to be read for that.
   */
  | { narrow: SQL; instead?: readonly string[]; few?: SQL | undefined; own?: boolean }
  /** Ids from elsewhere, of those rows that were asked for; `keys` are those of the order there. */
  | { table: SQLWrapper; id: SQLWrapper; where: SQL; keys: readonly SQLWrapper[] };

export interface Ways {
  walk: Walk;
  /** Undefined when nothing narrows but the ranges, or no index helps. */
  gather?: Gather | undefined;
  /** A condition of the rows of the list that neither says. */
  also?: SQL | undefined;
}

export type FindWays<L extends AnyList> = (asked: {
  tenantId: string;
  filters: FilterValues<L>;
  order: OrderOf<L>;
}) => Ways;
