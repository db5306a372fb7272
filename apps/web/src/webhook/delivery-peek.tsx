"use client";

import { useQuery } from "@tanstack/react-query";
import { PeekHead } from "#list/peek-facts.tsx";
import { PeekSkeleton } from "#list/peek-panel.tsx";
import { refreshWhileSeen } from "#list/refresh.ts";
import { useApi } from "#trpc/client.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { DeliveryTold } from "./delivery-told.tsx";
import { deliveryQuery } from "./webhook-queries.ts";
import { DELIVERY_LOOKS, deliveryPath } from "./webhook-words.ts";

/** A delivery beside its list: what was told, and how its tries went. */
export function DeliveryPeek({ id }: { id: string }) {
  const query = useQuery({
    ...deliveryQuery(useApi(), id),
    refetchInterval: refreshWhileSeen,
  });
  const delivery = query.data;
  if (delivery === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="border-0" />
    ) : (
      <PeekSkeleton />
    );
  }
  return (
    <>
      <PeekHead title={delivery.type} to={deliveryPath(delivery)} open="Open the delivery">
        <Looking look={DELIVERY_LOOKS[delivery.state]} still />
      </PeekHead>
      <DeliveryTold delivery={delivery} />
    </>
  );
}
