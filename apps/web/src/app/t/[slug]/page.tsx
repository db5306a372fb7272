import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { FAILED_INPUT, RECENT_INPUT, RUNNING_INPUT } from "#overview/overview-inputs.ts";
import { OverviewView } from "#overview/overview-view.tsx";
import { Refused } from "#shell/refused.tsx";
import { getApi, getMe } from "#trpc/server.ts";
import { batchListQuery } from "#batch/batch-queries.ts";
import { jobListQuery } from "#job/job-queries.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Overview");

export default async function OverviewPage({ params }: PageProps<"/t/[slug]">) {
  const { slug } = await params;
  const { permissions } = await getMe(slug);
  if (!permissions.includes("overview:read")) return <Refused what="see the overview" />;
  const { queryClient, api } = getApi(slug);
  await Promise.all([
    queryClient.prefetchQuery(batchListQuery(api, RUNNING_INPUT)),
    queryClient.prefetchQuery(batchListQuery(api, RECENT_INPUT)),
    queryClient.prefetchQuery(jobListQuery(api, FAILED_INPUT)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewView />
    </HydrationBoundary>
  );
}
