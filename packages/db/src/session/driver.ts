import type net from "node:net";
import postgres from "postgres";
import type { ServerError } from "./classify.ts";
import type { SlotOptions } from "./pool-options.ts";
import { slotTypes, type StatementResult } from "./results.ts";

/** The parts of a postgres.js query that its types do not show. Pinned to 3.4.9 by tests. */
export interface PendingQuery extends PromiseLike<StatementResult> {
  values(): unknown;
  cancel(): Promise<unknown> | null;
}

/** What the driver adds to a result: the process that let us in, by the key for cancelling. */
export interface Answer extends StatementResult {
  state?: { pid: number };
}

/**
 * Without the driver's own Describe round trip a parametrised statement is one write
 * (Parse, Bind, Describe, Execute, Sync). Safe because all parameters are text or null.
 */
export const NEVER_DESCRIBE_FIRST = { get: () => false, set: () => {}, configurable: true };

/** The driver wants to connect again after a server accepted and closed; a slot never does. */
export const HUNG_UP = Object.assign(new Error("the server closed the connection during login"), {
  code: "ECONNRESET",
});

export const isServerError = (error: unknown): error is ServerError & Error =>
  error instanceof Error && error.name === "PostgresError";

/** What the driver asks of its slot. */
interface DriverEvents {
  socket(): Promise<net.Socket>;
  onclose(): void;
  onnotify(channel: string, payload: string): void;
}

/** One connection of postgres.js, with everything it would decide by itself switched off. */
export const createDriver = (options: SlotOptions, events: DriverEvents): postgres.Sql =>
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
    connection: { ...options.startup, application_name: options.applicationName },
    types: slotTypes,
    // `socket` and `onnotify` are options of the driver that its types leave out.
    ...({ socket: events.socket, onnotify: events.onnotify } as object),
  });
