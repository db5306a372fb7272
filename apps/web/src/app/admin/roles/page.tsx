import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { rolesQuery } from "#profile/profile-queries.ts";
import { AllRolesView } from "#role/all-roles-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Roles of all tenants", "platform:roles");

export default async function AllRolesPage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(rolesQuery(api));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <AllRolesView />
    </Hydrated>
  );
}
