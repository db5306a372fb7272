import { dehydrate } from "@tanstack/react-query";
import { adminTitle } from "#admin/admin-title.ts";
import { tableQuery } from "#db-portal/db-queries.ts";
import { TableView } from "#db-portal/table-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";

export const generateMetadata = adminTitle("Table", "platform:db.read");

export default async function TablePage({ params }: PageProps<"/admin/db/[table]">) {
  const table = decodeURIComponent((await params).table);
  const { queryClient, api } = getApi(null);
  await settle(queryClient.fetchQuery(tableQuery(api, table)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <TableView table={table} />
    </Hydrated>
  );
}
