import { expression, nullable } from "@scrapersky/db";
import { profiles, purges, serviceAccounts, suppressions } from "@scrapersky/db/schema";
import { eq, inArray, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime } from "../time.ts";
import { SUPPRESSION_LIST } from "./suppression-list.contract.ts";
import type { Suppression } from "./suppression.contract.ts";

const COLUMNS = {
  suppressionId: suppressions.id,
  kind: suppressions.kind,
  shown: suppressions.shown,
  reason: suppressions.reason,
  createdBy: suppressions.createdBy,
  creator: expression(nullable("text"))`coalesce(${profiles.name}, ${SERVICE_NAME})`,
  createdAt: suppressions.createdAt,
  purgeId: suppressions.purgeId,
  ended: expression("bool")`${purges.endedAt} is not null`,
};

/** The index on (tenant_id, created_at, id) gives the page. */
export const listSuppressions = defineList(SUPPRESSION_LIST, {
  rows: {
    tenant: suppressions.tenantId,
    id: suppressions.id,
    from: (select) => select.from(suppressions),
    where: {
      kind: (kinds) => inArray(suppressions.kind, kinds),
      q: (part) =>
        sql`(strpos(${suppressions.shown}, ${part.toLowerCase()}) > 0 or strpos(${suppressions.entry}, ${part.toLowerCase()}) > 0)`,
    },
    orders: { newest: descending(suppressions.createdAt, suppressions.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...COLUMNS })
      .from(page)
      .innerJoin(suppressions, eq(suppressions.id, page.id))
      .leftJoin(purges, eq(purges.id, suppressions.purgeId))
      .leftJoin(profiles, eq(profiles.id, suppressions.createdBy))
      .leftJoin(serviceAccounts, eq(serviceAccounts.id, suppressions.createdBy)),
  toItem: (row, rights): Suppression => ({
    suppressionId: row.suppressionId,
    kind: row.kind,
    entry: rights.mayReadContacts || !row.shown.includes("@") ? row.shown : "…",
    reason: rights.mayReadContacts ? row.reason : null,
    createdBy: { id: row.createdBy, name: row.creator },
    createdAt: isoTime(row.createdAt),
    purge: row.purgeId === null ? null : { purgeId: row.purgeId, ended: row.ended },
  }),
});
