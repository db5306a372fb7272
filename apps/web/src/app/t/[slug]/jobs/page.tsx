import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { toSearchParams } from "#list/address-values.ts";
import { jobListInputOf } from "#job/job-list-input.ts";
import { JobsView } from "#job/jobs-view.tsx";
import { getApi } from "#trpc/server.ts";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage({ params, searchParams }: PageProps<"/t/[slug]/jobs">) {
  const { slug } = await params;
  const input = jobListInputOf(toSearchParams(await searchParams));
  const { queryClient, trpc } = getApi(slug);
  await queryClient.prefetchQuery(trpc.jobs.list.queryOptions(input));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <JobsView />
    </HydrationBoundary>
  );
}
