import { pipeline, Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGzip } from "node:zlib";
import {
  type CellRows,
  type ExportAsk,
  type ExportBegun,
  LEASE_RENEWED_MS,
  type Permission,
  writeExport,
} from "@scrapersky/api";
import {
  type Column,
  EXPORT_HOURS_MAX,
  type ExportFormat,
  HEADERS,
} from "@scrapersky/api/contract";
import type { Context } from "hono";
import type { AppEnv, Exporting } from "../http/app-env.ts";
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
/** So often it is asked whether its reader may still have it. */
const RIGHTS_MS = 2_000;

/** What is exported. */
export interface Sheet {
  columns: readonly Column[];
  /** What programs know the columns by. */
  keys: readonly string[];
  /** What is noted of the question. */
  asked: Omit<ExportAsk, "format">;
  /** Rights that its reader holds to the end, beside that of exports. */
  needs: readonly Permission[];
  read: (begun: ExportBegun, signal: AbortSignal) => AsyncGenerator<CellRows, void>;
}

/**
 * Answers with a file that is written while its rows are read. What goes wrong before the first of them are there is answered
 * as any fault; later the connection breaks off, so that nobody takes a part for the whole.
 * @throws DomainError
 */
export async function sendExport(
  c: Context<AppEnv>,
  format: ExportFormat,
  sheet: Sheet,
): Promise<Response> {
  const { exporting } = c.get("rest");
  const begun = await exporting.begin({ ...sheet.asked, format });
  const lease = setInterval(() => exporting.renew(begun.exportId), LEASE_RENEWED_MS);
  const rights = setInterval(() => void lookAtRights(exporting, sheet, sending), RIGHTS_MS);
  const sending = new Sending((ending, sent) => {
    clearInterval(lease);
    clearInterval(rights);
    if (sending.fault !== undefined) exporting.logFault(sending.fault);
    exporting.end(begun.exportId, ending, sent);
  });
  try {
    return answer(
      c,
      format,
      sheet,
      begun,
      sending,
      await writeBytes(format, sheet, begun, sending),
    );
  } catch (error) {
    sending.end("fail");
    throw error;
  }
}

/** Breaks off what its reader may not have any more. What cannot be found out is asked again. */
async function lookAtRights(
  { actorNow }: Exporting,
  { needs }: Sheet,
  sending: Sending,
): Promise<void> {
  const actor = await actorNow().catch(() => undefined);
  if (actor === undefined) return;
  const needed: readonly Permission[] = ["export:read", ...needs];
  if (!needed.every((each) => actor?.permissions.has(each))) sending.breakOff();
}

async function writeBytes(
  format: ExportFormat,
  { asked, columns, keys, read }: Sheet,
  begun: ExportBegun,
  sending: Sending,
): Promise<AsyncGenerator<Buffer, void>> {
  const signal = AbortSignal.any([sending.signal, AbortSignal.timeout(DURATION_MAX_MS)]);
  const pieces = writeExport(format, {
    title: asked.list,
    keys,
    columns,
    chunks: await sending.countRows(read(begun, signal)),
    onCut: () => sending.sent.cut++,
  });
  return sending.countBytes(pieces);
}

function answer(
  c: Context<AppEnv>,
  format: ExportFormat,
  { asked }: Sheet,
  { exportId, asOf, batchLabel }: ExportBegun,
  sending: Sending,
  bytes: AsyncGenerator<Buffer, void>,
): Response {
  const { outgoing } = c.env;
  if (!outgoing) throw new Error("an export needs a connection to be followed");
  sending.follow(outgoing, SILENCE_MS);
  const packs = format !== "xlsx" && /\bgzip\b/i.test(c.req.header("accept-encoding") ?? "");
  const file = Readable.from(bytes, { objectMode: false });
  const body = packs ? pipeline(file, createGzip({ level: GZIP_LEVEL }), () => {}) : file;
  const day = asOf.slice(0, "2026-11-21".length);
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": MEDIA_TYPES[format],
      "content-disposition": nameFile(asked.list, batchLabel, day, format),
      [HEADERS.exportId]: exportId,
      ...(format === "xlsx" ? {} : { vary: "Accept-Encoding" }),
      ...(packs ? { "content-encoding": "gzip" } : {}),
    },
  });
}
