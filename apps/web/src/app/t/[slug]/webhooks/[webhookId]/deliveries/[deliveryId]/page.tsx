import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";
import { DeliveryView } from "#webhook/delivery-view.tsx";
import { deliveryQuery } from "#webhook/webhook-queries.ts";

type Props = PageProps<"/t/[slug]/webhooks/[webhookId]/deliveries/[deliveryId]">;

export const metadata: Metadata = { title: "Delivery" };

export default async function DeliveryPage({ params }: Props) {
  const { slug, deliveryId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(deliveryQuery(api, deliveryId)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <DeliveryView key={deliveryId} deliveryId={deliveryId} />
    </Hydrated>
  );
}
