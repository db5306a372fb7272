import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { platformAuditQuery } from "#audit/platform-audit-query.ts";
import { PlatformAuditView } from "#audit/platform-audit-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Audit of no tenant", "platform:db.read");

export default async function PlatformAuditPage() {
  const { queryClient, api } = getApi(null);
  await queryClient.prefetchQuery(platformAuditQuery(api, {}));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <PlatformAuditView />
    </Hydrated>
  );
}
