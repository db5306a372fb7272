import { CALLS_PER_REQUEST_MAX, HEADERS } from "@scrapersky/api/wire";

export interface ClientOptions {
  /** Origin of the api or of the dashboard, such as `https://scrapersky.example`. */
  url: string;
  /** `sk_live_…`, made in the dashboard or by `npm run staff -- key create`. */
  apiKey: string;
  /** Slug or id of the tenant; a key speaks in its own tenant when absent. */
  tenant?: string;
  /** In place of the global `fetch`, for proxies and tests. */
  fetch?: typeof fetch;
  /** Milliseconds until one try of a call is given up, 30,000 by default; event streams and exports run on once they have begun. */
  timeoutMs?: number;
  /** Further tries of a call that can do no harm twice, 3 by default. */
  retries?: number;
}

const TIMEOUT_MS = 30_000;
const RETRIES = 3;

/** Where a client sends its calls, and how. */
export interface Connection {
  url: (path: string) => URL;
  headers: Record<string, string>;
  /** The caller's `fetch`. */
  send: typeof fetch;
  /** The same for calls: ended when it takes too long. */
  call: typeof fetch;
  timeoutMs: number;
  retries: number;
  itemsMax: number;
}

export function connect(options: ClientOptions): Connection {
  const send: typeof fetch = options.fetch ?? ((address, init) => fetch(address, init));
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  return {
    url: (path) => new URL(path, options.url),
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      ...(options.tenant === undefined ? {} : { [HEADERS.tenant]: options.tenant }),
    },
    send,
    call: (address, init) => {
      const ends = [AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])];
      return send(address, { ...init, signal: AbortSignal.any(ends) });
    },
    timeoutMs,
    retries: options.retries ?? RETRIES,
    itemsMax: CALLS_PER_REQUEST_MAX,
  };
}
