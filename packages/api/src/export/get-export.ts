import type { Reader } from "@scrapersky/db";
import { exports, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Export } from "./export.contract.ts";
import { CREATORS, EXPORT_COLUMNS, toExport } from "./export-row.ts";
import { NO_CONTACTS, type Rights } from "../list/list-rights.ts";

/** @throws DomainError NOT_FOUND when the export is unknown or of another tenant */
export async function getExport(
  reader: Reader,
  tenantId: string,
  exportId: string,
  rights: Rights = NO_CONTACTS,
): Promise<Export> {
  const [row] = await reader
    .select(EXPORT_COLUMNS)
    .from(exports)
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(and(eq(exports.id, requireUuid(exportId, "Export")), eq(exports.tenantId, tenantId)));
  if (!row) throw notFound("Export");
  return toExport(row, rights);
}
