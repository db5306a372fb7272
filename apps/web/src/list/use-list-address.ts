"use client";

import type { AnyList, OrderOf } from "@scrapersky/api/lists";
import { useSearchParams } from "next/navigation";
import {
  type Fixed,
  readListAddress,
  writeFilters,
  writeOrder,
  type Written,
} from "./list-address.ts";

const address = (params: URLSearchParams): string => {
  const query = params.toString();
  return query === "" ? location.pathname : `${location.pathname}?${query}`;
};

/** Filters and page of a list, kept in the address: every list is a link, and Back restores it. */
export const useListAddress = <L extends AnyList>(
  list: L,
  fixed?: Fixed<L>,
  order?: OrderOf<L>,
) => {
  const own = order ?? (Object.keys(list.orders)[0] as OrderOf<L>);
  const params = new URLSearchParams(useSearchParams());
  return {
    ...readListAddress(list, params, fixed, order),
    /** Changes filters in place and returns to the first page. */
    filter: (filters: Written<L>): void => {
      writeFilters(list, params, filters);
      history.replaceState(null, "", address(params));
    },
    /** Puts the rows in another order, from their first page on; in the list's own when they are in it already. */
    sort: (wanted: string): void => {
      const next = params.get("order") === wanted ? own : (wanted as OrderOf<L>);
      writeOrder(list, params, next, own);
      history.replaceState(null, "", address(params));
    },
    /** Takes every filter out, and returns to the first page. */
    clear: (): void => {
      const none = Object.keys(list.filters).map((name) => [name, []]);
      writeFilters(list, params, Object.fromEntries(none) as Written<L>);
      history.replaceState(null, "", address(params));
    },
    /** Goes to another page of the list, as a step that Back undoes. */
    turn: (cursor: string): void => {
      params.set("cursor", cursor);
      history.pushState(null, "", address(params));
      scrollTo({ top: 0 });
    },
  };
};
