import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { profileQuery } from "#profile/profile-queries.ts";
import { ProfileView } from "#profile/profile-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/profiles/[profileId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, profileId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(profileQuery(api, profileId)));
  return { title: found?.name ?? found?.email ?? "Profile" };
}

export default async function ProfilePage({ params }: Props) {
  const { slug, profileId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(profileQuery(api, profileId)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <ProfileView key={profileId} profileId={profileId} />
    </Hydrated>
  );
}
