import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { toSearchParams } from "#list/address-values.ts";
import { jobListInputOf } from "#job/job-list-input.ts";
import { JobsView } from "#job/jobs-view.tsx";
import { getApi } from "#trpc/server.ts";
import { jobListQuery } from "#job/job-queries.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Jobs");

export default async function JobsPage({ params, searchParams }: PageProps<"/t/[slug]/jobs">) {
  const { slug } = await params;
  const input = jobListInputOf(toSearchParams(await searchParams));
  const { queryClient, api } = getApi(slug);
  await queryClient.prefetchQuery(jobListQuery(api, input));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <JobsView />
    </HydrationBoundary>
  );
}
