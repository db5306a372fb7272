"use client";

import { useSearchParams } from "next/navigation";

const PEEK = "peek";

/** Where there is room for two things side by side. */
const isWide = (): boolean => matchMedia("(min-width: 900px)").matches;

const addressWith = (peek: string | null): string => {
  const url = new URL(location.href);
  if (peek === null) url.searchParams.delete(PEEK);
  else url.searchParams.set(PEEK, peek);
  return url.pathname + url.search;
};

/** What is shown beside a list, kept in the address. Opening is a step that Back undoes; going to another row is none. */
export const usePeek = () => {
  const shown = useSearchParams().get(PEEK);
  return {
    shown,
    /** Shows it; false where there is no room, so that whoever asked goes to its page. */
    show: (id: string): boolean => {
      if (!isWide()) return false;
      if (shown === null) history.pushState(null, "", addressWith(id));
      else if (shown !== id) history.replaceState(null, "", addressWith(id));
      return true;
    },
    close: (): void => history.replaceState(null, "", addressWith(null)),
  };
};
