import { pipeline, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGzip } from "node:zlib";
import {
  checkAsked,
  checkRights,
  contactReaderOf,
  chooseColumns,
  type ExportBegun,
  type List,
  readRows,
  writeExport,
} from "@scrapersky/api";
import {
  type AnyList,
  type ColumnOf,
  EXPORT_HOURS_MAX,
  type ExportFormat,
  type FilterValues,
  HEADERS,
  type ListInput,
  type OrderOf,
} from "@scrapersky/api/contract";
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { nameFile } from "./file-name.ts";
import { Sending, SILENCE_MS } from "./sending.ts";

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ndjson: "application/x-ndjson; charset=utf-8",
  json: "application/json; charset=utf-8",
};

/** Higher ones cost more time than they save on most ways. */
const GZIP_LEVEL = 3;
const DURATION_MAX_MS = EXPORT_HOURS_MAX * 60 * 60_000;

export interface ExportRequest<L extends AnyList> {
  format: ExportFormat;
  filters: FilterValues<L>;
  order: OrderOf<L> | undefined;
  columns: readonly string[] | undefined;
  since: string | undefined;
  /** What programs call a column. */
  keyOf: (column: string) => string;
}

/**
 * Answers with a list as a file that is written while it is read. What goes wrong before the first rows are there is answered
 * as any fault; later the connection breaks off, so that nobody takes a part for the whole.
 * @throws DomainError
 */
export async function sendExport<L extends AnyList>(
  c: Context<AppEnv>,
  list: List<L, unknown>,
  request: ExportRequest<L>,
): Promise<Response> {
  const { actor, exporting } = c.get("rest");
  const { format, filters, order, columns: asked, since } = request;
  const columns = chooseColumns(list.contract, actor, asked);
  checkAsked(list.contract, { ...filters, order, limit: 1 } as ListInput<L>);
  checkRights(list.contract, filters, contactReaderOf(actor));
  const leave = exporting.enter(actor.tenantId);
  let begun: ExportBegun;
  try {
    begun = await exporting.begin({
      list: list.contract.name,
      format,
      filters: { ...filters, ...(order === undefined ? {} : { order }) },
      columns,
      sinceId: since,
      batchName: (filters as { batchId?: string }).batchId,
    });
  } catch (error) {
    leave();
    throw error;
  }
  const sending = new Sending((ending, sent) => {
    leave();
    if (sending.fault !== undefined) exporting.logFault(sending.fault);
    exporting.end(begun.exportId, ending, sent);
  });
  try {
    const pieces = await writePieces(c, list, request, columns, begun, sending);
    return answer(c, request.format, list.contract.name, begun, pieces, sending);
  } catch (error) {
    sending.end("fail");
    throw error;
  }
}

async function writePieces<L extends AnyList>(
  c: Context<AppEnv>,
  list: List<L, unknown>,
  { format, filters, order, keyOf }: ExportRequest<L>,
  columns: ColumnOf<L>[],
  { asOf, since }: ExportBegun,
  sending: Sending,
): Promise<AsyncGenerator<Buffer, void>> {
  const { actor, reader } = c.get("rest");
  const signal = AbortSignal.any([sending.signal, AbortSignal.timeout(DURATION_MAX_MS)]);
  const ask = { tenantId: actor.tenantId, filters, order, columns, until: asOf, since };
  const { name, columns: known = {} } = list.contract;
  const pieces = writeExport(format, {
    title: name,
    keys: columns.map(keyOf),
    columns: columns.map((column) => known[column]!),
    chunks: await sending.countRows(readRows(reader, list, ask, signal)),
    onCut: () => sending.sent.cut++,
  });
  return sending.countBytes(pieces);
}

function answer(
  c: Context<AppEnv>,
  format: ExportFormat,
  list: string,
  { exportId, asOf, batchLabel }: ExportBegun,
  pieces: AsyncGenerator<Buffer, void>,
  sending: Sending,
): Response {
  const { outgoing } = c.env;
  if (!outgoing) throw new Error("an export needs a connection to be followed");
  sending.follow(outgoing, SILENCE_MS);
  const packs = format !== "xlsx" && /\bgzip\b/i.test(c.req.header("accept-encoding") ?? "");
  const file = Readable.from(pieces, { objectMode: false });
  const body = packs ? pipeline(file, createGzip({ level: GZIP_LEVEL }), () => {}) : file;
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": MEDIA_TYPES[format],
      "content-disposition": nameFile(list, batchLabel, asOf.slice(0, "2026-11-21".length), format),
      [HEADERS.exportId]: exportId,
      ...(format === "xlsx" ? {} : { vary: "Accept-Encoding" }),
      ...(packs ? { "content-encoding": "gzip" } : {}),
    },
  });
}
