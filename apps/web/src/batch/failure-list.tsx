"use client";

import { INVALID_DOMAIN } from "@scrapersky/api/wire";
import type { BatchProgress } from "@scrapersky/api/contract";
import { Ellipsis } from "lucide-react";
import { exportAddress } from "#export/export-address.ts";
import { countOf, formatCount } from "#format/number.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { Folded } from "#ui/folded.tsx";
import { Menu } from "#ui/menu.tsx";
import { ReasonRow, widthOf } from "#ui/reason-row.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { RunAgainButton } from "./run-again-button.tsx";
import { COPIED_DOMAINS_MAX, useCopyDomains } from "./use-copy-domains.ts";

type Failure = BatchProgress["failures"][number];

const FIRST_SHOWN = 5;
/** Why domains of a batch failed, the most frequent reason first, each with what can be done. */
export function FailureList({ batch }: { batch: BatchProgress }) {
  const { failures } = batch;
  const width = widthOf(failures);
  return (
    <Panel className="overflow-visible">
      <Folded rows={failures} first={FIRST_SHOWN} noun="reason">
        {(failure) => (
          <FailureRow key={failure.code} batch={batch} failure={failure} width={width} />
        )}
      </Folded>
    </Panel>
  );
}

function FailureRow({
  batch: { batchId, status },
  failure: { code, message, count, sample },
  width,
}: {
  batch: BatchProgress;
  failure: Failure;
  width: number;
}) {
  const path = usePath();
  const mayExport = useMay("export:read");
  const copy = useCopyDomains(batchId, code);
  const shown = sample.length < count && sample.length > 0 ? [...sample, "…"] : sample;
  const ofReason = { batch_id: batchId, error_code: code };
  return (
    <>
      <ReasonRow count={count} width={width} message={message} aside={shown.join(", ")}>
        {copy.isSuccess ? (
          <span role="status" className="px-1 text-xs text-muted">
            {copy.data < count
              ? `The first ${formatCount(copy.data)} are copied`
              : `${countOf(copy.data, "domain")} copied`}
          </span>
        ) : null}
        {status === "cancelled" || code === INVALID_DOMAIN ? null : (
          <RunAgainButton code={code} message={message} count={count} batchIds={[batchId]} />
        )}
        <Menu
          label={`More about: ${message}`}
          triggerClass="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text pointer-coarse:size-11"
          trigger={
            <>
              <Ellipsis aria-hidden className="size-4" />
              <span className="sr-only">More for: {message}</span>
            </>
          }
          entries={[
            {
              key: "show",
              label: "Show these",
              href: path(`/batches/${batchId}?tab=visits&status=failed&error=${code}`),
            },
            {
              key: "copy",
              label:
                count > COPIED_DOMAINS_MAX
                  ? `Copy the first ${formatCount(COPIED_DOMAINS_MAX)}`
                  : "Copy the domains",
              onSelect: () => copy.mutate(),
            },
            ...(mayExport
              ? [
                  {
                    key: "export",
                    label: "Export as CSV",
                    href: path(exportAddress("jobs.csv", ofReason)),
                  },
                ]
              : []),
          ]}
        />
      </ReasonRow>
      {copy.isError ? (
        <li className="p-2">
          <ErrorCard error={copy.error} onRetry={() => copy.mutate()} />
        </li>
      ) : null}
    </>
  );
}
