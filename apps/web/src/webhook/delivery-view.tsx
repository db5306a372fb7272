"use client";

import { useQuery } from "@tanstack/react-query";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard, Skeleton } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { DeliveryTold } from "./delivery-told.tsx";
import { deliveryQuery } from "./webhook-queries.ts";
import { DELIVERY_LOOKS } from "./webhook-words.ts";

/** One delivery, on a page of its own where there is no room beside the list. */
export function DeliveryView({ deliveryId }: { deliveryId: string }) {
  const path = usePath();
  const query = useQuery({
    ...deliveryQuery(useApi(), deliveryId),
    refetchInterval: refreshWhileSeen,
  });
  useReportFreshness(query.isError ? "reconnecting" : "polling", query.dataUpdatedAt);
  const delivery = query.data;
  const failure = query.isError ? (
    <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
  ) : null;
  if (delivery === undefined) {
    return (
      failure ?? (
        <div role="status" className="late">
          <span className="sr-only">Loading the delivery</span>
          <Skeleton className="h-6 w-64" />
        </div>
      )
    );
  }
  return (
    <>
      <PageHeader
        back={{ href: path(`/webhooks/${delivery.webhookId}`), label: "Webhook" }}
        title={delivery.type}
        state={<Looking look={DELIVERY_LOOKS[delivery.state]} still />}
        action={
          <CallLater
            rest={`/deliveries/${deliveryId}`}
            procedure="deliveries.byId"
            input={{ deliveryId }}
          />
        }
      />
      {failure}
      <Panel>
        <DeliveryTold delivery={delivery} />
      </Panel>
    </>
  );
}
