import { dehydrate } from "@tanstack/react-query";
import { flagsQuery } from "#feature/feature-queries.ts";
import { FeaturesView } from "#feature/features-view.tsx";
import { pageTitle } from "#shell/page-title.ts";
import { Refused } from "#shell/refused.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, getMe } from "#trpc/server.ts";

export const generateMetadata = pageTitle("Features");

export default async function FeaturesPage({ params }: PageProps<"/t/[slug]/features">) {
  const { slug } = await params;
  const { permissions } = await getMe(slug);
  if (!permissions.includes("features:read")) return <Refused what="see features" />;
  const { queryClient, api } = getApi(slug);
  await queryClient.prefetchQuery(flagsQuery(api));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <FeaturesView />
    </Hydrated>
  );
}
