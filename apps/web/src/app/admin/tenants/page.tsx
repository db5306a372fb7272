import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { tenantsQuery } from "#tenant/tenant-queries.ts";
import { TenantsView } from "#tenant/tenants-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Tenants", "platform:tenants");

export default async function TenantsPage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(tenantsQuery(api, {}));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <TenantsView />
    </Hydrated>
  );
}
