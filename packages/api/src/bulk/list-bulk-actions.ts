import { bulkActions, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, inArray } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { BULK_LIST } from "./bulk-list.contract.ts";
import { BULK_COLUMNS, CREATORS, toBulkAction } from "./bulk-row.ts";

/** The index on (tenant_id, created_at, id) gives the page. */
export const listBulkActions = defineList(BULK_LIST, {
  rows: {
    tenant: bulkActions.tenantId,
    id: bulkActions.id,
    from: (select) => select.from(bulkActions),
    where: {
      status: (statuses) => inArray(bulkActions.status, statuses),
      action: (names) => inArray(bulkActions.action, names),
    },
    orders: { newest: descending(bulkActions.createdAt, bulkActions.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...BULK_COLUMNS })
      .from(page)
      .innerJoin(bulkActions, eq(bulkActions.id, page.id))
      .leftJoin(profiles, CREATORS.person)
      .leftJoin(serviceAccounts, CREATORS.program),
  toItem: toBulkAction,
});
