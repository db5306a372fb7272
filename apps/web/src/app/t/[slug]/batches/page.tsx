import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { toSearchParams } from "#list/address-values.ts";
import { batchListInputOf } from "#batch/batch-list-input.ts";
import { BatchesView } from "#batch/batches-view.tsx";
import { getApi } from "#trpc/server.ts";
import { batchListQuery } from "#batch/batch-queries.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Batches");

export default async function BatchesPage({
  params,
  searchParams,
}: PageProps<"/t/[slug]/batches">) {
  const { slug } = await params;
  const input = batchListInputOf(toSearchParams(await searchParams));
  const { queryClient, api } = getApi(slug);
  await queryClient.prefetchQuery(batchListQuery(api, input));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <BatchesView />
    </HydrationBoundary>
  );
}
