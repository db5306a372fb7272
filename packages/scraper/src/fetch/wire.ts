import type { Connections } from "./connections.ts";
import type { Guard, Peer } from "../guard/connect.ts";

export type HeaderMap = Record<string, string | string[] | undefined>;

/** One answer as it came over the wire. */
export interface HttpAnswer {
  ok: true;
  url: URL;
  status: number;
  headers: HeaderMap;
  /** Still in its content encoding. */
  body: Buffer;
  /** The end of the body was not read: it was longer than the limit, or did not come. */
  truncated: boolean;
  /** The connection ended before the body did. */
  broken: boolean;
  /** Milliseconds until the headers. */
  headerMs: number;
  /** Milliseconds until the last byte. */
  totalMs: number;
  peer: Peer;
}

export interface SendOptions {
  connections: Connections;
  guard: Guard;
  signal: AbortSignal;
  headers: Record<string, string>;
  requestMs: number;
  wireBytesMax: number;
  /** Over a connection of its own, which ends with the answer. */
  alone?: boolean;
  /** Says from status and headers whether the body is worth reading; the others come back empty. */
  wantBody?: (status: number, headers: HeaderMap) => boolean;
}

const NO_PEER: Peer = { address: null, tls: null };

export const peerOf = (url: URL, guard: Guard): Peer =>
  guard.peerOf(url.hostname, url.port || (url.protocol === "https:" ? "443" : "80")) ?? NO_PEER;
