import { dehydrate } from "@tanstack/react-query";
import { rolesQuery } from "#profile/profile-queries.ts";
import { RolesView } from "#role/roles-view.tsx";
import { pageTitle } from "#shell/page-title.ts";
import { Refused } from "#shell/refused.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, getMe } from "#trpc/server.ts";

export const generateMetadata = pageTitle("Roles");

export default async function RolesPage({ params }: PageProps<"/t/[slug]/roles">) {
  const { slug } = await params;
  const { permissions } = await getMe(slug);
  if (!permissions.includes("rbac:read")) return <Refused what="see roles" />;
  const { queryClient, api } = getApi(slug);
  await queryClient.prefetchQuery(rolesQuery(api));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <RolesView />
    </Hydrated>
  );
}
