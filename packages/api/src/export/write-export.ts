import type { Column } from "../list/list.contract.ts";
import type { CellRows } from "../list/read-chunk.ts";
import type { ExportFormat } from "./export.contract.ts";
import { writeCsv } from "./write-csv.ts";
import { writeJson, writeNdjson } from "./write-json.ts";
import { writeXlsx } from "./write-xlsx.ts";

export interface Table {
  /** Names its sheets. */
  title: string;
  /** What programs know the columns by. */
  keys: readonly string[];
  columns: readonly Column[];
  chunks: AsyncIterable<CellRows>;
  /** Told of each cell that had to be cut. */
  onCut: () => void;
}

/** The bytes or text of a file of these rows, in pieces, never more of them in memory than a few chunks. */
export function writeExport(format: ExportFormat, table: Table): AsyncIterable<string | Buffer> {
  const { title, keys, columns, chunks, onCut } = table;
  switch (format) {
    case "csv":
      return writeCsv(columns, chunks);
    case "xlsx":
      return writeXlsx({ title, columns, chunks, onCut });
    case "ndjson":
      return writeNdjson(keys, columns, chunks);
    case "json":
      return writeJson(keys, columns, chunks);
  }
}
