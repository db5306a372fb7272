"use client";

import type { AnyList, OrderOf } from "@scrapersky/api/lists";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import {
  type Fixed,
  readListAddress,
  writeFilters,
  writeOrder,
  type Written,
} from "./list-address.ts";

/** What was written into the address last, and what the address may be drawn as before that. */
interface Ahead {
  path: string;
  query: string;
  before: Set<string>;
  /** Somebody pressed something since, or went back: what the address is from then on may be meant. */
  isOver: boolean;
}
let ahead: Ahead | undefined;

if (typeof window !== "undefined") {
  for (const press of ["pointerdown", "keydown", "popstate"]) {
    addEventListener(press, () => ahead && (ahead.isOver = true), { capture: true, passive: true });
  }
}

const hrefOf = (path: string, query: string): string => (query === "" ? path : `${path}?${query}`);

/** Changes what is in the address, or is about to be: two presses in a row are both meant, whether the first was drawn or not. */
const write = (
  how: "pushState" | "replaceState",
  drawn: string,
  change: (params: URLSearchParams) => void,
): void => {
  const path = location.pathname;
  const isBehind = ahead?.path === path && ahead.before.has(drawn);
  const from = isBehind ? (ahead?.query ?? drawn) : drawn;
  const params = new URLSearchParams(from);
  change(params);
  const query = params.toString();
  const before = isBehind ? (ahead?.before ?? []) : [];
  ahead = { path, query, before: new Set([...before, drawn, from]), isOver: false };
  ahead.before.delete(query);
  history[how](null, "", hrefOf(path, query));
};

/** A link that was followed before may end after what was written, and writes its own address once more. */
const holdTo = (drawn: string): void => {
  if (ahead === undefined || drawn === ahead.query) return;
  if (ahead.path === location.pathname && ahead.before.has(drawn) && !ahead.isOver) {
    history.replaceState(null, "", hrefOf(ahead.path, ahead.query));
  } else {
    ahead = undefined;
  }
};

/** Filters and page of a list, kept in the address: every list is a link, and Back restores it. */
export const useListAddress = <L extends AnyList>(
  list: L,
  fixed?: Fixed<L>,
  order?: OrderOf<L>,
) => {
  const own = order ?? (Object.keys(list.orders)[0] as OrderOf<L>);
  const params = new URLSearchParams(useSearchParams());
  const drawn = params.toString();
  useEffect(() => holdTo(drawn), [drawn]);
  return {
    ...readListAddress(list, params, fixed, order),
    /** Changes filters in place and returns to the first page. */
    filter: (filters: Written<L>): void =>
      write("replaceState", drawn, (next) => writeFilters(list, next, filters)),
    /** Puts the rows in another order, from their first page on; in the list's own when they are in it already. */
    sort: (wanted: string): void =>
      write("replaceState", drawn, (next) =>
        writeOrder(list, next, next.get("order") === wanted ? own : (wanted as OrderOf<L>), own),
      ),
    /** Takes every filter out, and returns to the first page. */
    clear: (): void => {
      const none = Object.keys(list.filters).map((name) => [name, []]);
      write("replaceState", drawn, (next) =>
        writeFilters(list, next, Object.fromEntries(none) as Written<L>),
      );
    },
    /** Goes to another page of the list, as a step that Back undoes. */
    turn: (cursor: string): void => {
      write("pushState", drawn, (next) => next.set("cursor", cursor));
      scrollTo({ top: 0 });
    },
  };
};
