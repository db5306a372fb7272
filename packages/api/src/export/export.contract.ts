import { z } from "zod";
import { idText } from "../id.contract.ts";
import { EXPORT } from "./export.state.ts";

export const EXPORT_FORMATS = ["csv", "xlsx", "ndjson", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export type ExportStatus = (typeof EXPORT.states)[number];

/** However slowly it is read, an export ends after so many hours. */
export const EXPORT_HOURS_MAX = 6;

/** Characters that a cell of a workbook holds, and rows of a sheet. */
export const XLSX_CELL_LENGTH_MAX = 32_767;
export const XLSX_SHEET_ROWS_MAX = 1_048_576;

export const exportIdInput = z.object({ exportId: idText });

/** One export. Times are ISO 8601 in UTC. */
export interface Export {
  exportId: string;
  /** Name of the list. */
  list: string;
  format: ExportFormat;
  status: ExportStatus;
  /** The filters and the order that were asked for. */
  filters: Record<string, unknown>;
  columns: string[];
  /** The export from which on it tells what is new. */
  since: string | null;
  /** Rows sent so far. */
  rows: number;
  /** Bytes of the file so far, as it is before anything is packed for the way. */
  bytes: number;
  /** Cells that were longer than a workbook's hold and say so at their end. */
  cut: number;
  /** Rows that came later are not in it. */
  asOf: string;
  createdBy: { id: string; name: string | null } | null;
  startedAt: string;
  endedAt: string | null;
}
