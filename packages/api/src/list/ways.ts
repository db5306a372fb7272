import type { SQL, SQLWrapper } from "drizzle-orm";
import type { AnyList, FilterValues, OrderOf } from "./list.contract.ts";

// How the rows of a list are found, where the planner alone would at times read all rows of a tenant: it takes filters
// for independent of each other and of the order, so that it walks an index for a page that never fills, or collects what
// half of the rows have. `select-page.ts` reads a list by these. They say where to look, never what fits.

/** Rows in their order, by an index that has it. */
export interface Walk {
  /** What is read, with the name that conditions know it by; its own columns are named by `keys` and `ranges`. */
  table: SQLWrapper;
  id: SQLWrapper;
  /** The keys of the order in this table; those of the order itself when left out. */
  keys?: readonly SQLWrapper[];
  /** Each one range of the index; every row that is asked for is in one of them, and in no other. */
  ranges: readonly SQL[];
  /** The name of the row, when all conditions of the list speak of it alone. Else rows are held to them one by one. */
  alone?: string;
  /** What of the conditions this row tells by itself, before it is held to the others. */
  test?: SQL | undefined;
}

/** Rows by what they have in common, in no order: for what few have. */
export type Gather =
  /** One more condition, that an index answers, with the filters that need not be asked besides. */
  | { narrow: SQL; instead?: readonly string[] }
  /** Ids from elsewhere; `whole` when no condition is left but the place in the order, which `keys` hold there. */
  | { table: SQLWrapper; id: SQLWrapper; where: SQL; whole: false }
  | { table: SQLWrapper; id: SQLWrapper; where: SQL; whole: boolean; keys: readonly SQLWrapper[] };

export interface Ways {
  walk: Walk;
  /** Undefined when nothing narrows but the ranges, or no index helps. */
  gather?: Gather | undefined;
}

export type FindWays<L extends AnyList> = (asked: {
  tenantId: string;
  filters: FilterValues<L>;
  order: OrderOf<L>;
}) => Ways;
