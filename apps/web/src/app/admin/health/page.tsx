import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { healthQuery } from "#health/health-queries.ts";
import { HealthView } from "#health/health-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Health", "platform:health");

export default async function HealthPage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(healthQuery(api));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <HealthView />
    </Hydrated>
  );
}
