import { TextRows } from "@scrapersky/db";
import type { CellRow } from "../src/list/read-chunk.ts";

/** Rows as they arrive from the database: before each cell how many bytes it has. */
export function arrived(rows: CellRow[]): TextRows {
  const texts = new TextRows(rows[0]?.length ?? 0);
  for (const row of rows) {
    const cells = row.flatMap((text) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(text === null ? -1 : Buffer.byteLength(text));
      return [length, Buffer.from(text ?? "")];
    });
    texts.add(Buffer.concat(cells), 0);
  }
  return texts;
}
