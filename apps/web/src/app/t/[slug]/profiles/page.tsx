import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { toSearchParams } from "#list/address-values.ts";
import { profileListInputOf } from "#profile/profile-list-input.ts";
import { ProfilesView } from "#profile/profiles-view.tsx";
import { getApi } from "#trpc/server.ts";

export const metadata: Metadata = { title: "Profiles" };

export default async function ProfilesPage({
  params,
  searchParams,
}: PageProps<"/t/[slug]/profiles">) {
  const { slug } = await params;
  const input = profileListInputOf(toSearchParams(await searchParams));
  const { queryClient, trpc } = getApi(slug);
  await queryClient.prefetchQuery(trpc.profiles.list.queryOptions(input));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ProfilesView />
    </HydrationBoundary>
  );
}
