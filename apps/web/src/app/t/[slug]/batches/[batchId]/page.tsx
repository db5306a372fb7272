import { JOB_LIST } from "@scrapersky/api/lists";
import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { batchName } from "#batch/batch-words.ts";
import { BatchView } from "#batch/batch-view.tsx";
import { inBatch } from "#job/in-batch.ts";
import { readListAddress } from "#list/list-address.ts";
import { listQuery } from "#list/list-query.ts";
import { columnsKey, preferenceQuery } from "#list/preference-query.ts";
import { readSegment, toSearchParams } from "#list/page-params.ts";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";
import { batchQuery } from "#batch/batch-queries.ts";

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
  const asked = toSearchParams(await searchParams);
  const { input } = readListAddress(JOB_LIST, asked, inBatch(batchId));
  await Promise.all([
    settle(queryClient.fetchQuery(batchQuery(api, batchId))),
    queryClient.prefetchQuery(listQuery(api, JOB_LIST, input)),
    queryClient.prefetchQuery(preferenceQuery(api, columnsKey("results"))),
  ]);
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <BatchView key={batchId} batchId={batchId} />
    </Hydrated>
  );
}
