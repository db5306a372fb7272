"use client";

import { BULK_IDS_MAX } from "@scrapersky/api/wire";
import { useState } from "react";
import { hasComeBack, recall, remember } from "./list-memory.ts";

/** Rows that somebody chose: some by their ids, or all that pass the filters. */
export type Selection = { ids: readonly string[] } | { all: true };

const NONE: Selection = { ids: [] };
const SELECTION = "selection";

export interface Selecting {
  selection: Selection;
  /** Nothing is. */
  isEmpty: boolean;
  isSelected: (id: string) => boolean;
  /** Takes a row in or out; with `through`, all rows between it and the last one in. */
  toggle: (id: string, through: boolean) => void;
  /** Takes the rows of the page in, or out when all of them are. */
  togglePage: () => void;
  page: "all" | "some" | "none";
  selectAll: () => void;
  clear: () => void;
}

/**
 * The selection of a list: kept while pages turn and when somebody comes back, and gone with another question.
 * @param scope the filters that the rows answer
 * @param page ids of the rows in sight
 */
export const useSelection = (scope: string, page: readonly string[]): Selecting => {
  const [held, setHeld] = useState(() => ({
    scope,
    selection: (hasComeBack() ? recall<Selection>(SELECTION, scope) : undefined) ?? NONE,
    last: "",
  }));
  const selection = held.scope === scope ? held.selection : NONE;
  const put = (next: Selection, last = held.last): void => {
    remember(SELECTION, scope, next);
    setHeld({ scope, selection: next, last });
  };
  const chosen = new Set("ids" in selection ? selection.ids : page);
  const choose = (ids: Iterable<string>, last?: string): void =>
    put({ ids: [...new Set(ids)].slice(0, BULK_IDS_MAX) }, last);
  const inPage = page.filter((id) => chosen.has(id)).length;
  return {
    selection,
    isEmpty: chosen.size === 0,
    isSelected: (id) => chosen.has(id),
    toggle: (id, through) => {
      const [from = -1, to = -1] = [page.indexOf(held.last), page.indexOf(id)].toSorted(
        (one, other) => one - other,
      );
      if (through && from >= 0) choose([...chosen, ...page.slice(from, to + 1)], id);
      else if (chosen.delete(id)) choose(chosen, id);
      else choose([...chosen, id], id);
    },
    togglePage: () => {
      if (inPage === page.length) for (const id of page) chosen.delete(id);
      else for (const id of page) chosen.add(id);
      choose(chosen);
    },
    page: inPage === 0 ? "none" : inPage === page.length ? "all" : "some",
    selectAll: () => put({ all: true }),
    clear: () => put(NONE, ""),
  };
};
