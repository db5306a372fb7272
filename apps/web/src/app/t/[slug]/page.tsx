import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { FAILED_INPUT, RECENT_INPUT, RUNNING_INPUT } from "#overview/overview-inputs.ts";
import { OverviewView } from "#overview/overview-view.tsx";
import { getApi } from "#trpc/server.ts";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: PageProps<"/t/[slug]">) {
  const { slug } = await params;
  const { queryClient, trpc } = getApi(slug);
  await Promise.all([
    queryClient.prefetchQuery(trpc.batches.list.queryOptions(RUNNING_INPUT)),
    queryClient.prefetchQuery(trpc.batches.list.queryOptions(RECENT_INPUT)),
    queryClient.prefetchQuery(trpc.jobs.list.queryOptions(FAILED_INPUT)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewView />
    </HydrationBoundary>
  );
}
