import { HEADERS } from "@scrapersky/api/wire";
import { connectionOf, type ScraperSkyClient } from "./create-client.ts";

export interface ExportQuestion {
  /** Name of the list, such as `leads`, or `batches/BATCH_ID/list` for a batch's own lines with what was found beside each. */
  list: string;
  format: "csv" | "xlsx" | "ndjson" | "json";
  /** The list's filters, `columns`, `order` and `since`, as REST v3 calls them. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
}

export interface Exported {
  /** For `since` of the next one; null where nothing can be new since. */
  exportId: string | null;
  /** What the service would call the file. */
  fileName: string | null;
  bytes: number;
}

/** Thrown when an export is refused, or did not begin; `status` is that of HTTP, 0 without an answer. */
export class ExportError extends Error {
  override readonly name = "ExportError";
  readonly status: number;
  /** As in `ApiError`, such as `TOO_MANY_EXPORTS`. */
  readonly code: string | undefined;
  readonly requestId: string | null;
  /** When to come back, where the service says so. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, answer?: Response, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = answer?.headers.get(HEADERS.requestId) ?? null;
    const seconds = Number(answer?.headers.get(HEADERS.retryAfter) ?? Number.NaN);
    this.retryAfterMs = Number.isNaN(seconds) ? undefined : seconds * 1000;
  }
}

/**
 * Streams a list into a sink as it is read, whatever its size: `Writable.toWeb(createWriteStream(path))` in Node.js. The
 * sink is closed when the whole file arrived, and aborted when it broke off.
 * @throws ExportError when it is refused; what `fetch` or the sink throws, when it broke off
 */
export async function exportTo(
  client: ScraperSkyClient,
  { list, format, query = {} }: ExportQuestion,
  sink: WritableStream<Uint8Array>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Exported> {
  const { url, headers, send, timeoutMs } = connectionOf(client);
  const address = url(`/api/v3/export/${list}.${format}`);
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== undefined) address.searchParams.append(name, String(one));
  }
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const ends = [late.signal, ...(signal ? [signal] : [])];
  const answer = await send(address, { headers, signal: AbortSignal.any(ends) }).catch(
    (error: unknown) => {
      if (!late.signal.aborted) throw error;
      throw new ExportError(0, "The export did not begin in time.");
    },
  );
  clearTimeout(timer);
  if (!answer.ok || answer.body === null) throw await refusalOf(answer);
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  await answer.body.pipeThrough(counted).pipeTo(sink, signal ? { signal } : {});
  return {
    exportId: answer.headers.get(HEADERS.exportId),
    fileName: fileNameOf(answer.headers.get("content-disposition")),
    bytes,
  };
}

async function refusalOf(answer: Response): Promise<ExportError> {
  const body = (await answer.json().catch(() => null)) as {
    message?: unknown;
    code?: string;
    detail?: { loc: unknown[]; msg: string }[];
  } | null;
  const told =
    typeof body?.message === "string"
      ? body.message
      : body?.detail?.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ");
  return new ExportError(answer.status, told ?? `HTTP ${answer.status}`, answer, body?.code);
}

/** The form for every alphabet before the plain one. */
function fileNameOf(header: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "")?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]*)"/i.exec(header ?? "")?.[1] ?? null;
}
