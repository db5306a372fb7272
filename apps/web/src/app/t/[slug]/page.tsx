import { BATCH_LIST } from "@scrapersky/api/lists";
import { dehydrate } from "@tanstack/react-query";
import { RECENT_INPUT, RUNNING_INPUT } from "#overview/overview-inputs.ts";
import { healthQuery, numbersQuery, reasonsQuery } from "#overview/overview-queries.ts";
import { OverviewView } from "#overview/overview-view.tsx";
import { Refused } from "#shell/refused.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, getMe } from "#trpc/server.ts";
import { listQuery } from "#list/list-query.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Overview");

export default async function OverviewPage({ params }: PageProps<"/t/[slug]">) {
  const { slug } = await params;
  const { queryClient, api } = getApi(slug);
  const [{ permissions }] = await Promise.all([
    getMe(slug),
    queryClient.prefetchQuery(listQuery(api, BATCH_LIST, RUNNING_INPUT)),
    queryClient.prefetchQuery(listQuery(api, BATCH_LIST, RECENT_INPUT)),
    queryClient.prefetchQuery(numbersQuery(api)),
    queryClient.prefetchQuery(healthQuery(api)),
    queryClient.prefetchQuery(reasonsQuery(api)),
  ]);
  if (!permissions.includes("overview:read")) return <Refused what="see the overview" />;
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <OverviewView />
    </Hydrated>
  );
}
