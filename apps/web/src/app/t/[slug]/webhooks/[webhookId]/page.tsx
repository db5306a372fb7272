import { DELIVERY_LIST } from "@scrapersky/api/lists";
import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { readListAddress } from "#list/list-address.ts";
import { listQuery } from "#list/list-query.ts";
import { columnsKey, preferenceQuery } from "#list/preference-query.ts";
import { toSearchParams } from "#list/page-params.ts";
import { Hydrated } from "#trpc/hydrated.tsx";
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

export default async function WebhookPage({ params, searchParams }: Props) {
  const { slug, webhookId } = await params;
  const { queryClient, api } = getApi(slug);
  const asked = toSearchParams(await searchParams);
  const { input } = readListAddress(DELIVERY_LIST, asked, { webhookId });
  await Promise.all([
    settle(queryClient.fetchQuery(webhookQuery(api, webhookId))),
    queryClient.prefetchQuery(listQuery(api, DELIVERY_LIST, input)),
    queryClient.prefetchQuery(preferenceQuery(api, columnsKey(DELIVERY_LIST.name))),
  ]);
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <WebhookView key={webhookId} webhookId={webhookId} />
    </Hydrated>
  );
}
