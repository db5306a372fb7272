import { exports, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, inArray } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { EXPORT_LIST } from "./export-list.contract.ts";
import { CREATORS, EXPORT_COLUMNS, toExport } from "./export-row.ts";

/** The index on (tenant_id, started_at, id) gives the page. */
export const listExports = defineList(EXPORT_LIST, {
  rows: {
    tenant: exports.tenantId,
    id: exports.id,
    from: (select) => select.from(exports),
    where: {
      list: (names) => inArray(exports.list, names),
      status: (statuses) => inArray(exports.status, statuses),
    },
    orders: { newest: descending(exports.startedAt, exports.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...EXPORT_COLUMNS })
      .from(page)
      .innerJoin(exports, eq(exports.id, page.id))
      .leftJoin(profiles, CREATORS.person)
      .leftJoin(serviceAccounts, CREATORS.program),
  toItem: toExport,
  facets: { list: exports.list, status: exports.status },
});
