"use client";

import { useSearchParams } from "next/navigation";
import { useRef } from "react";

export type AddressPatch = Record<string, string | string[] | null>;

/** Filters and page of a list, kept in the address: every list is a link, and Back restores it. */
export interface ListAddress {
  params: URLSearchParams;
  /** Changes filters in place and returns to the first page. */
  filter: (patch: AddressPatch) => void;
  /** Goes to another page of the list, as a step that Back undoes. */
  turn: (cursor: string | null) => void;
  /** The page before this one, when this tab came from it. */
  previous: string | null | undefined;
}

const address = (params: URLSearchParams): string => {
  const query = params.toString();
  return query === "" ? location.pathname : `${location.pathname}?${query}`;
};

export const useListAddress = (): ListAddress => {
  const params = new URLSearchParams(useSearchParams());
  const trail = useRef<(string | null)[]>([]);
  const cursor = params.get("cursor");
  const at = trail.current.lastIndexOf(cursor);
  return {
    params,
    filter: (patch) => {
      for (const [name, value] of Object.entries(patch)) {
        const text = Array.isArray(value) ? value.join(",") : (value ?? "");
        if (text === "") params.delete(name);
        else params.set(name, text);
      }
      params.delete("cursor");
      trail.current = [];
      history.replaceState(null, "", address(params));
    },
    turn: (next) => {
      trail.current = [...(at === -1 ? trail.current : trail.current.slice(0, at)), cursor, next];
      if (next === null) params.delete("cursor");
      else params.set("cursor", next);
      history.pushState(null, "", address(params));
      scrollTo({ top: 0 });
    },
    previous: cursor === null ? undefined : at > 0 ? (trail.current[at - 1] ?? null) : null,
  };
};
