import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { bulkQuery } from "#bulk/bulk-queries.ts";
import { BulkView } from "#bulk/bulk-view.tsx";
import { BULK_WORDS } from "#bulk/bulk-words.ts";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/bulk/[bulkId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, bulkId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(bulkQuery(api, bulkId)));
  return { title: found === undefined ? "Bulk action" : BULK_WORDS[found.action] };
}

export default async function BulkPage({ params }: Props) {
  const { slug, bulkId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(bulkQuery(api, bulkId)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <BulkView key={bulkId} bulkId={bulkId} />
    </Hydrated>
  );
}
