import { BATCH_LIST } from "@scrapersky/api/lists";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { RECENT_INPUT, RUNNING_INPUT } from "#overview/overview-inputs.ts";
import { healthQuery, numbersQuery, reasonsQuery } from "#overview/overview-queries.ts";
import { OverviewView } from "#overview/overview-view.tsx";
import { Refused } from "#shell/refused.tsx";
import { getApi, getMe } from "#trpc/server.ts";
import { listQuery } from "#list/list-query.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Overview");

export default async function OverviewPage({ params }: PageProps<"/t/[slug]">) {
  const { slug } = await params;
  const { permissions } = await getMe(slug);
  if (!permissions.includes("overview:read")) return <Refused what="see the overview" />;
  const { queryClient, api } = getApi(slug);
  await Promise.all([
    queryClient.prefetchQuery(listQuery(api, BATCH_LIST, RUNNING_INPUT)),
    queryClient.prefetchQuery(listQuery(api, BATCH_LIST, RECENT_INPUT)),
    queryClient.prefetchQuery(numbersQuery(api)),
    queryClient.prefetchQuery(healthQuery(api)),
    queryClient.prefetchQuery(reasonsQuery(api)),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewView />
    </HydrationBoundary>
  );
}
