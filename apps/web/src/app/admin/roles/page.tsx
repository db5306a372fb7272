import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { rolesQuery } from "#profile/profile-queries.ts";
import { AllRolesView } from "#role/all-roles-view.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Roles of all tenants", "platform:roles");

export default async function AllRolesPage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(rolesQuery(api));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AllRolesView />
    </HydrationBoundary>
  );
}
