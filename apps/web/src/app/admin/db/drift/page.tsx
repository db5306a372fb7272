import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { driftHistoryQuery, driftQuery } from "#db-portal/db-queries.ts";
import { DriftView } from "#db-portal/drift-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Drift", "platform:db.read");

export default async function DriftPage() {
  const { queryClient, api } = getApi(null);
  await Promise.all([
    queryClient.prefetchQuery(driftQuery(api)),
    queryClient.prefetchQuery(driftHistoryQuery(api)),
  ]);
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <DriftView />
    </Hydrated>
  );
}
