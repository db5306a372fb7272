"use client";

import type { DeliveryDetail } from "@scrapersky/api/contract";
import { PeekFacts } from "#list/peek-facts.tsx";
import { useMay } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";
import { DELIVERIES_KEY } from "./webhook-queries.ts";
import { errorWords } from "./webhook-words.ts";

/** What was told, and how the tries went; one that is over can be sent again. */
export function DeliveryTold({ delivery }: { delivery: DeliveryDetail }) {
  const { deliveryId, state, eventId, data, log, dueAt, endedAt } = delivery;
  const mayManage = useMay("webhooks:manage");
  const isOver = state === "delivered" || state === "failed";
  const replay = useAct(DELIVERIES_KEY, ({ deliveries }) =>
    deliveries.replay.mutate({ deliveryId }),
  );
  return (
    <>
      {mayManage && isOver ? (
        <div className="px-4 py-3">
          <Button disabled={replay.isPending} onClick={() => replay.mutate(undefined)}>
            Send again
          </Button>
          {replay.isError ? <ErrorCard error={replay.error} className="mt-3" /> : null}
        </div>
      ) : null}
      <PeekFacts
        facts={[
          { label: "webhook-id", value: <CopyableId id={`msg_${eventId}`} label="Copy the id" /> },
          { label: "Next try", value: dueAt && <Ago at={dueAt} /> },
          { label: "Ended", value: endedAt && <Ago at={endedAt} /> },
        ]}
      />
      <div className="border-t border-line px-4 py-3 text-sm">
        <h2 className="font-medium">What was told</h2>
        <pre className="figures mt-2 overflow-x-auto text-xs" tabIndex={0}>
          {JSON.stringify(data, null, 2)}
        </pre>
      </div>
      <div className="border-t border-line px-4 py-3 text-sm">
        <h2 className="font-medium">Tries</h2>
        {log.length === 0 ? <p className="mt-1 text-muted">None yet.</p> : null}
        <ol className="mt-2 space-y-1">
          {log.map(({ number, at, durationMs, status, error }) => (
            <li key={number} className="flex flex-wrap gap-x-3">
              <span className="tabular-nums">{number}.</span>
              <span>{error === null ? `Answered with ${status}` : errorWords(error)}</span>
              <span className="ml-auto text-muted tabular-nums">
                {durationMs} ms, <Ago at={at} />
              </span>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
