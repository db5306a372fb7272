"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListFrame } from "#list/list-frame.tsx";
import { Pager } from "#list/pager.tsx";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useHeldRows } from "#list/use-held-rows.ts";
import { useListAddress } from "#list/use-list-address.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useMay, usePath } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { FilterChip } from "#ui/filters.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { statusTone, statusWord, ToneIcon } from "#ui/status.tsx";
import { useApi } from "#trpc/client.tsx";
import { BATCH_STATUS_CHOICES, batchListInputOf } from "./batch-list-input.ts";
import { BatchTable } from "./batch-table.tsx";
import { batchListQuery } from "./batch-queries.ts";

/** All batches of the tenant, newest first. */
export function BatchesView() {
  const api = useApi();
  const path = usePath();
  const mayCreate = useMay("batches:create");
  const address = useListAddress();
  const input = batchListInputOf(address.params);
  const query = useQuery({
    ...batchListQuery(api, input),
    placeholderData: keepPreviousData,
    refetchInterval: refreshWhileSeen,
  });
  const held = useHeldRows(
    query.data?.items ?? [],
    query.data === undefined || query.isPlaceholderData ? undefined : JSON.stringify(input),
    ({ batchId }) => batchId,
  );
  useReportFreshness(query.isError ? "reconnecting" : "polling", query.dataUpdatedAt);

  const chosen = input.status ?? [];
  const toggle = (status: (typeof BATCH_STATUS_CHOICES)[number]): void =>
    address.filter({
      status: chosen.includes(status)
        ? chosen.filter((other) => other !== status)
        : [...chosen, status],
    });
  const newBatch = mayCreate ? (
    <ButtonLink href={path("/batches/new")} variant="primary">
      New batch
    </ButtonLink>
  ) : undefined;
  const isEmpty = query.data?.items.length === 0 && chosen.length === 0;
  return (
    <>
      <PageHeader
        title="Batches"
        state="Lists of domains that were submitted together."
        // An empty list has the one button in its middle.
        action={isEmpty ? undefined : newBatch}
      />
      <div role="group" aria-label="Filter by status" className="mb-3 flex flex-wrap gap-2">
        {BATCH_STATUS_CHOICES.map((status) => (
          <FilterChip key={status} pressed={chosen.includes(status)} onPress={() => toggle(status)}>
            <ToneIcon tone={statusTone(status)} still />
            {statusWord(status)}
          </FilterChip>
        ))}
      </div>
      <ListFrame
        query={query}
        count={held.rows.length}
        arrived={held.arrived}
        onAccept={held.accept}
        pager={<Pager address={address} nextCursor={query.data?.nextCursor ?? null} />}
        empty={
          chosen.length > 0 ? (
            <EmptyState
              title={`No batch is ${chosen.map((status) => statusWord(status).toLowerCase()).join(" or ")}`}
              action={
                <Button onClick={() => address.filter({ status: null })}>Clear the filter</Button>
              }
            />
          ) : (
            <EmptyState title="No batches yet" action={newBatch}>
              Paste a list of domains; every site is visited once, and what it says about itself is
              kept.
            </EmptyState>
          )
        }
      >
        <BatchTable label="Batches" batches={held.rows} />
      </ListFrame>
    </>
  );
}
