"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "#format/number.ts";
import { useApi } from "#trpc/client.tsx";
import { filtersBeside } from "./facet-query.ts";
import { type AnyLabels, manyOf } from "./list-labels.ts";
import { countQuery } from "./list-query.ts";

/** How many rows a list has: told after the rows, about so many where counting takes long, and exactly when asked. */
export function RowTotal({
  list,
  labels,
  input,
}: {
  list: AnyList;
  labels: AnyLabels;
  input: Record<string, unknown>;
}) {
  const [exact, setExact] = useState(false);
  const filters = filtersBeside(list, input, "");
  const api = useApi();
  const about = useQuery(countQuery(api, list, filters, false));
  const counted = useQuery({ ...countQuery(api, list, filters, true), enabled: exact });
  const data = counted.data ?? about.data;
  if (data === undefined) return <span />;
  const noun = data.value === 1 ? labels.one : manyOf(labels);
  return (
    <p role="status" className="text-sm text-muted">
      {data.exact ? "" : "About "}
      <span className="tabular-nums">{formatCount(data.value)}</span> {noun}
      {data.exact ? null : (
        <>
          {" · "}
          <button
            type="button"
            onClick={() => setExact(true)}
            className="text-accent-text underline underline-offset-2"
          >
            Count them
          </button>
        </>
      )}
      {exact && counted.isError ? " · too many to count at once; filter them first" : ""}
    </p>
  );
}
