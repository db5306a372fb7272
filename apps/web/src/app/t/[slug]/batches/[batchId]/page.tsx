import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { batchName } from "#batch/batch-words.ts";
import { BatchView } from "#batch/batch-view.tsx";
import { jobListInputOf } from "#job/job-list-input.ts";
import { readSegment, toSearchParams } from "#list/address-values.ts";
import { getApi, settle } from "#trpc/server.ts";
import { batchQuery } from "#batch/batch-queries.ts";
import { jobListQuery } from "#job/job-queries.ts";

type Props = PageProps<"/t/[slug]/batches/[batchId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, ...rest } = await params;
  const batchId = readSegment(rest.batchId);
  const { queryClient, api } = getApi(slug);
  const batch = await settle(queryClient.fetchQuery(batchQuery(api, batchId)));
  return { title: batch === undefined ? "Batch" : batchName(batch) };
}

export default async function BatchPage({ params, searchParams }: Props) {
  const { slug, ...rest } = await params;
  const batchId = readSegment(rest.batchId);
  const { queryClient, api } = getApi(slug);
  const jobs = jobListInputOf(toSearchParams(await searchParams), batchId);
  await Promise.all([
    settle(queryClient.fetchQuery(batchQuery(api, batchId))),
    queryClient.prefetchQuery(jobListQuery(api, jobs)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <BatchView key={batchId} batchId={batchId} />
    </HydrationBoundary>
  );
}
