import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { savedSqlQuery, sqlHistoryQuery, sqlStateQuery } from "#db-portal/db-queries.ts";
import { SqlView } from "#db-portal/sql-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("SQL", "platform:db.query");

export default async function SqlPage() {
  const { queryClient, api } = getApi(null);
  await Promise.all([
    queryClient.prefetchQuery(sqlStateQuery(api)),
    queryClient.prefetchQuery(sqlHistoryQuery(api)),
    queryClient.prefetchQuery(savedSqlQuery(api)),
  ]);
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <SqlView />
    </Hydrated>
  );
}
