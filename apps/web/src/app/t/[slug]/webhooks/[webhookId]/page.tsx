import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getApi, settle } from "#trpc/server.ts";
import { webhookQuery } from "#webhook/webhook-queries.ts";
import { WebhookView } from "#webhook/webhook-view.tsx";

type Props = PageProps<"/t/[slug]/webhooks/[webhookId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, webhookId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(webhookQuery(api, webhookId)));
  return { title: found === undefined ? "Webhook" : new URL(found.url).host };
}

export default async function WebhookPage({ params }: Props) {
  const { slug, webhookId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(webhookQuery(api, webhookId)));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhookView key={webhookId} webhookId={webhookId} />
    </HydrationBoundary>
  );
}
