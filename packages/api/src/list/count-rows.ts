import { estimateRows, expression, type Reader, withOptions } from "@scrapersky/db";
import { sql } from "drizzle-orm";
import type { List } from "./define-list.ts";
import { inTime, LIST_READ_MAX_MS } from "./in-time.ts";
import { checkRights, type Rights } from "./list-rights.ts";
import type { CountInput } from "../list-input.contract.ts";
import type { AnyList, FilterValues, RowCount } from "./list.contract.ts";
import { selectRows } from "./list-rows.ts";
import { rowsFor } from "./rows-for.ts";
import { narrowingOf } from "./select-by-ways.ts";

/** Rows that are counted one by one; beyond, the planner's idea of them is told, unless every one was asked for. */
export const COUNTED_MAX = 10_000;

/**
 * How many rows a list has.
 * @throws DomainError UNAVAILABLE when counting every one takes too long
 */
export async function countRows<L extends AnyList>(
  reader: Reader,
  { contract, rows: all }: List<L, unknown>,
  tenantId: string,
  { exact = false, ...asked }: CountInput<L>,
  rights: Rights,
): Promise<RowCount> {
  const filters = asked as unknown as FilterValues<L>;
  checkRights(contract, filters, rights);
  const rows = rowsFor(all, rights);
  const within = withOptions(reader, { timeoutMs: LIST_READ_MAX_MS });
  const most = exact ? undefined : COUNTED_MAX + 1;
  const which = { tenantId, filters };
  const found = selectRows(
    rows,
    within,
    { ...which, beyond: narrowingOf(rows, which, most) },
    { one: sql`1`.as("one") },
  );
  const counted = within
    .select({ value: expression("int4")`count(*)::int` })
    .from((most === undefined ? found : found.limit(most)).as("found"));
  const [row] = await inTime(contract, counted);
  const value = row?.value ?? 0;
  if (most === undefined || value < most) return { value, exact: true };
  // What a purge has not come to is too little to be guessed.
  const { shown: _shown, ...told } = rows;
  const guess = selectRows(told, within, which, { one: sql`1`.as("one") });
  return { value: Math.max(value, rounded(await estimateRows(within, guess))), exact: false };
}

/** "About 1,200,000": more figures would promise more than the planner knows. */
const rounded = (value: number): number => Number(value.toPrecision(2));
