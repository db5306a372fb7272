import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { toSearchParams } from "#list/address-values.ts";
import { profileListInputOf } from "#profile/profile-list-input.ts";
import { ProfilesView } from "#profile/profiles-view.tsx";
import { getApi } from "#trpc/server.ts";
import { profileListQuery } from "#profile/profile-queries.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Profiles");

export default async function ProfilesPage({
  params,
  searchParams,
}: PageProps<"/t/[slug]/profiles">) {
  const { slug } = await params;
  const input = profileListInputOf(toSearchParams(await searchParams));
  const { queryClient, api } = getApi(slug);
  await queryClient.prefetchQuery(profileListQuery(api, input));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ProfilesView />
    </HydrationBoundary>
  );
}
