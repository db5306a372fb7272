import type { ConnectionOptions } from "node:tls";
import type { DatabaseErrorKind } from "../errors/database-error.ts";
import type { DatabaseHooks } from "./hooks.ts";

/** Where a server or pooler listens, and how it is to prove who it is. */
export interface Endpoint {
  host: string;
  port: number;
  tls: ConnectionOptions | false;
}

export interface SlotOptions extends Endpoint {
  user: string;
  database: string;
  password: string | undefined;
  applicationName: string;
  /** Settings sent at login, such as `search_path`; empty behind a transaction pooler. */
  startup: Record<string, string>;
  /** A pooler that nobody has told us of may refuse them: then they are left out from there on. */
  startupIsOptional: boolean;
  /** Longest wait for TCP, TLS, login and a first answer, together. */
  connectTimeoutMs: number;
  hooks: DatabaseHooks;
  /** The hooks hear the server's own words where those are about SQL: somebody is developing. */
  tellsWords: boolean;
}

/** Times in milliseconds. */
export interface PoolOptions extends SlotOptions {
  /** Connections kept open even when nobody needs them. */
  min: number;
  /** Connections at most. */
  max: number;
  acquireTimeoutMs: number;
  /** Callers that may wait at most; one more is refused at once. */
  queueMax: number;
  /** Deadline of every statement that names none. */
  statementTimeoutMs: number;
  /** Age at which a connection is replaced, when nobody uses it; each one's own, up to a tenth earlier. */
  lifetimeMs: number;
  /** A connection nobody used for this long is closed. */
  idleTimeoutMs: number;
  /** A connection idle for longer may be half-open: it must answer before it is lent. */
  validateAfterMs: number;
  /** A connection idle for longer is asked for a sign of life, so that no firewall on the way forgets it. */
  keepaliveMs: number;
  /** A transaction or session that holds its connection for longer is reported. */
  leakAfterMs: number;
}

export interface PoolStats {
  min: number;
  max: number;
  /** Connections open or opening. */
  open: number;
  idle: number;
  /** Connections that somebody uses. */
  lent: number;
  opening: number;
  /** Callers that wait for a connection. */
  waiting: number;
  /** Connections replaced because they died or were left in an open transaction. */
  replaced: number;
  /** Why no connection can be made at the moment. */
  failing: DatabaseErrorKind | undefined;
}
