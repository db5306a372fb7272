import type net from "node:net";
import postgres from "postgres";
import { withoutLibpqVariables } from "../config/env.ts";
import type { SlotOptions } from "../config/pool-options.ts";
import { classifyServerError, connectFailed, type ServerError } from "../errors/classify.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";
import type { CancelKey } from "./cancel.ts";

/** What the driver adds to a result: the key it got when it logged in. */
export interface FirstAnswer extends StatementResult {
  state?: CancelKey;
}

/** The driver wants to connect again after a server accepted and closed; a slot never does. */
export const HUNG_UP = Object.assign(new Error("the server closed the connection during login"), {
  code: "ECONNRESET",
});

/** As the driver says that the connection ended. */
export const CLOSED = Object.assign(new Error("the connection was closed"), {
  code: "CONNECTION_CLOSED",
});

/** What the driver asks of its slot. */
interface DriverEvents {
  socket(): Promise<net.Socket>;
  onclose(): void;
  onnotify(channel: string, payload: string): void;
  onparameter(name: string, value: string): void;
}

/** One connection of postgres.js, with everything it would decide by itself switched off. */
export const createDriver = (options: SlotOptions, events: DriverEvents): postgres.Sql =>
  withoutLibpqVariables(() =>
    postgres({
      host: options.host,
      port: options.port,
      user: options.user,
      database: options.database,
      ...(options.password === undefined ? {} : { password: options.password }),
      ssl: false,
      max: 1,
      prepare: false,
      fetch_types: false,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: options.connectTimeoutMs / 1000,
      keep_alive: 30,
      onnotice: () => {},
      onclose: events.onclose,
      onparameter: events.onparameter,
      connection: { ...options.startup, application_name: options.applicationName },
      // `socket` and `onnotify` are options of the driver that its types leave out.
      ...({ socket: events.socket, onnotify: events.onnotify } as object),
    }),
  );

/** Whatever a server says instead of letting us in: nothing ran. */
export function loginRefused(error: ServerError & Error): DatabaseError {
  const refused = classifyServerError(error, error);
  if (refused.kind !== "connection_lost") return refused;
  const { sqlstate, pooler, retryAfterMs, reason, server } = refused;
  const details = { sqlstate, pooler, retryAfterMs, reason, server, cause: error };
  return new DatabaseError("connect_failed", refused.message, details);
}

/** A fault before the first answer of a connection: nothing of anybody's has run on it. */
export function neverOpened(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.kind === "statement_timeout") return connectFailed({ code: "CONNECT_TIMEOUT" });
  if (error.kind !== "connection_lost") return error;
  const { sqlstate, pooler, retryAfterMs } = error;
  const details = { sqlstate, pooler, retryAfterMs, cause: error };
  return new DatabaseError("connect_failed", "the connection was lost before its use", details);
}
