import type { Reader } from "@scrapersky/db";
import { bulkActions, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { BULK_COLUMNS, CREATORS, toBulkAction } from "./bulk-row.ts";
import type { BulkAction } from "./bulk.contract.ts";

/** @throws DomainError NOT_FOUND when the bulk action is unknown or of another tenant */
export async function getBulkAction(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  idText: string,
): Promise<BulkAction> {
  const isOwn = and(
    eq(bulkActions.id, requireUuid(idText, "Bulk action")),
    eq(bulkActions.tenantId, tenantId),
  );
  const [row] = await reader
    .select(BULK_COLUMNS)
    .from(bulkActions)
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(isOwn);
  if (!row) throw notFound("Bulk action");
  return toBulkAction(row, rights);
}
