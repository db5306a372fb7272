import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { tablesQuery } from "#db-portal/db-queries.ts";
import { TablesView } from "#db-portal/tables-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Database", "platform:db.read");

export default async function DatabasePage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(tablesQuery(api));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <TablesView />
    </Hydrated>
  );
}
