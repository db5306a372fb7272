import {
  type Actor,
  checkAsked,
  checkRights,
  chooseColumns,
  contactReaderOf,
  type List,
  readRows,
} from "@scrapersky/api";
import type { AnyList, FilterValues, ListInput, OrderOf } from "@scrapersky/api/contract";
import type { Reader } from "@scrapersky/db";
import type { Sheet } from "./send-export.ts";

export interface ListAsk<L extends AnyList> {
  filters: FilterValues<L>;
  order: OrderOf<L> | undefined;
  columns: readonly string[] | undefined;
  since: string | undefined;
  /** What programs call a column. */
  keyOf: (column: string) => string;
}

/**
 * The rows of a list that pass the filters, as far as this actor may see them.
 * @throws DomainError for columns or an order that cannot be had
 */
export function sheetOfList<L extends AnyList>(
  { actor, reader }: { actor: Actor; reader: Reader },
  list: List<L, unknown>,
  { filters, order, columns: asked, since, keyOf }: ListAsk<L>,
): Sheet {
  const { name, columns: known = {} } = list.contract;
  const columns = chooseColumns(list.contract, actor, asked);
  checkAsked(list.contract, { ...filters, order, limit: 1 } as ListInput<L>);
  const rights = contactReaderOf(actor);
  checkRights(list.contract, filters, rights);
  return {
    columns: columns.map((column) => known[column]!),
    keys: columns.map(keyOf),
    asked: {
      list: name,
      filters: { ...filters, ...(order === undefined ? {} : { order }) },
      columns,
      sinceId: since,
      batchName: (filters as { batchId?: string }).batchId,
    },
    needs: [
      list.contract.permission,
      ...(rights.mayReadContacts ? (["contacts:read"] as const) : []),
    ],
    read: (begun, signal) => {
      const { asOf: until, since: from } = begun;
      const ask = { tenantId: actor.tenantId, filters, order, columns, until, since: from, rights };
      return readRows(reader, list, ask, signal);
    },
  };
}
