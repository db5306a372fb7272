"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "#trpc/client.tsx";

/** Fingers that rest so long have written what they look for. */
const REST_MS = 200;
/** What nobody types and lists do not take. */
const TEXT_MAX = 250;

/** Asks the api for a text once it stands still, at once when it was pasted; an earlier question is given up. */
export const useSearch = (typed: string, isPasted: boolean) => {
  const api = useApi();
  const text = typed.trim().slice(0, TEXT_MAX);
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), isPasted ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [text, isPasted]);
  const query = useQuery({
    queryKey: ["search", settled],
    enabled: settled !== "",
    queryFn: async ({ signal }) => (await api()).search.global.query({ q: settled }, { signal }),
  });
  const isOfText = settled === text && text !== "";
  return {
    text,
    /** Of this very text; hits of what stood there before would be taken for its own. */
    answer: isOfText ? query.data : undefined,
    isAsking: text !== "" && (!isOfText || query.isFetching),
    error: isOfText && !query.isFetching ? query.error : null,
    again: () => void query.refetch(),
  };
};
