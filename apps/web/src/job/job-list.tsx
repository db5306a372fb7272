"use client";

import type { BatchCounts } from "@scrapersky/api/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatCount } from "#format/number.ts";
import { ListFrame } from "#list/list-frame.tsx";
import { Pager } from "#list/pager.tsx";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useFollow } from "#list/use-follow.ts";
import { useHeldRows } from "#list/use-held-rows.ts";
import type { ListAddress } from "#list/use-list-address.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { Button } from "#ui/button.tsx";
import { ActiveFilter, FilterChip, SearchField } from "#ui/filters.tsx";
import { EmptyState } from "#ui/states.tsx";
import { statusTone, statusWord, ToneIcon } from "#ui/status.tsx";
import { useApi } from "#trpc/client.tsx";
import { isFiltered, JOB_STATUS_CHOICES, jobListInputOf } from "./job-list-input.ts";
import { JobTable } from "./job-table.tsx";
import { jobListQuery } from "./job-queries.ts";

/** Filters, rows and pages of jobs: of the whole tenant, or of one batch, whose rows then follow its counts. */
export function JobList({
  address,
  batchId,
  settled = false,
  counts,
  empty,
}: {
  address: ListAddress;
  batchId?: string;
  /** Nothing will change any more, so nothing is asked for again and again. */
  settled?: boolean;
  /** Jobs by state, shown on the chips when the whole list is known. */
  counts?: BatchCounts;
  empty: ReactNode;
}) {
  const api = useApi();
  const input = jobListInputOf(address.params, batchId);
  const query = useQuery({
    ...jobListQuery(api, input),
    placeholderData: keepPreviousData,
    refetchInterval: (asked) =>
      settled && asked.state.status !== "error" ? false : refreshWhileSeen(asked),
    // Rows kept from before may lag behind the counts: shown at once, but asked for again.
    ...(counts === undefined ? {} : { staleTime: 0 }),
  });
  useFollow(counts === undefined ? undefined : JSON.stringify([settled, counts]), query);
  const held = useHeldRows(
    query.data?.items ?? [],
    query.data === undefined || query.isPlaceholderData ? undefined : JSON.stringify(input),
    ({ jobId }) => jobId,
  );

  // A batch's page reports the freshness of its progress instead.
  useReportFreshness(
    batchId === undefined ? (query.isError ? "reconnecting" : "polling") : null,
    query.dataUpdatedAt,
  );

  const chosen = input.status ?? [];
  const clear = (): void => address.filter({ status: null, error: null, q: null });
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <div role="group" aria-label="Filter by status" className="flex flex-wrap gap-2">
          {JOB_STATUS_CHOICES.map((status) => (
            <FilterChip
              key={status}
              pressed={chosen.includes(status)}
              onPress={() =>
                address.filter({
                  status: chosen.includes(status)
                    ? chosen.filter((other) => other !== status)
                    : [...chosen, status],
                })
              }
            >
              <ToneIcon tone={statusTone(status)} still />
              {statusWord(status)}
              {counts === undefined ? null : (
                <span className="text-muted tabular-nums">{formatCount(counts[status])}</span>
              )}
            </FilterChip>
          ))}
        </div>
        {input.errorCode === undefined ? null : (
          <ActiveFilter
            label={
              <>
                Reason: <span className="figures">{input.errorCode.join(", ")}</span>
              </>
            }
            onRemove={() => address.filter({ error: null })}
          />
        )}
        {batchId === undefined && input.batchId !== undefined ? (
          <ActiveFilter
            label={
              <>
                Batch: <span className="figures">{input.batchId.slice(0, 8)}</span>
              </>
            }
            onRemove={() => address.filter({ batch: null })}
          />
        ) : null}
        <div className="ml-auto flex-1 basis-44 xl:max-w-60">
          <SearchField
            label="Domain starts with"
            value={input.q ?? ""}
            onChange={(q) => address.filter({ q })}
          />
        </div>
      </div>
      <ListFrame
        query={query}
        count={held.rows.length}
        arrived={held.arrived}
        onAccept={held.accept}
        pager={
          <Pager
            address={address}
            nextCursor={query.data?.nextCursor ?? null}
            words={batchId === undefined ? undefined : { newer: "Previous", older: "Next" }}
          />
        }
        empty={
          isFiltered(input) ? (
            <EmptyState
              title="No job matches these filters"
              action={<Button onClick={clear}>Clear the filters</Button>}
            >
              {input.q === undefined
                ? "Drop one of them to see more."
                : `Nothing starts with “${input.q}” here.`}
            </EmptyState>
          ) : (
            empty
          )
        }
      >
        <JobTable label="Jobs" jobs={held.rows} inBatch={batchId !== undefined} />
      </ListFrame>
    </>
  );
}
