import { expression, nullable, typed } from "@scrapersky/db";
import { exports, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import type { RowOf } from "../list/row-of.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { Export, ExportFormat, ExportStatus } from "./export.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";
import { RESULT_COLUMNS } from "./read-lines.ts";
import { withoutSearch } from "./without-search.ts";

/** What an export is told from, where `CREATORS` are joined to its row. */
export const EXPORT_COLUMNS = {
  exportId: exports.id,
  list: exports.list,
  format: expression(typed<ExportFormat>(exports.format))`${exports.format}`,
  status: expression(typed<ExportStatus>(exports.status))`${exports.status}`,
  filters: expression(typed<Record<string, unknown>>(exports.filters))`${exports.filters}`,
  columns: exports.columns,
  since: exports.sinceId,
  rows: exports.rows,
  bytes: exports.bytes,
  cut: exports.cut,
  asOf: exports.asOf,
  createdBy: exports.createdBy,
  createdByName: expression(nullable("text"))`coalesce(${profiles.name}, ${SERVICE_NAME})`,
  startedAt: exports.startedAt,
  endedAt: exports.endedAt,
};

/** Who asked for an export: a person or a program. */
export const CREATORS = {
  person: eq(profiles.id, exports.createdBy),
  program: eq(serviceAccounts.id, exports.createdBy),
};

export const toExport = (
  { createdByName, ...row }: RowOf<typeof EXPORT_COLUMNS>,
  rights: Rights,
): Export => ({
  exportId: row.exportId,
  list: row.list,
  format: row.format,
  status: row.status,
  filters: rights.mayReadContacts
    ? row.filters
    : withoutReachIn(withoutSearch(row.filters), rights),
  columns:
    rights.mayReadContacts || row.list !== "list"
      ? row.columns
      : row.columns.filter((column) => Object.hasOwn(RESULT_COLUMNS, column)),
  since: row.since,
  rows: row.rows,
  bytes: row.bytes,
  cut: row.cut,
  asOf: isoTime(row.asOf),
  createdBy: row.createdBy === null ? null : { id: row.createdBy, name: createdByName },
  startedAt: isoTime(row.startedAt),
  endedAt: isoTimeOrNull(row.endedAt),
});
