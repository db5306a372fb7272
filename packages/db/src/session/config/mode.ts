import type { ParsedUrl } from "./url.ts";

/**
 * What a database URL leads to: a pooler that lends a server for one transaction, one that lends it
 * for the whole connection, or the server itself.
 */
export type Mode = "auto" | "transaction" | "session" | "direct";

export interface ConnectionMode {
  kind: Exclude<Mode, "auto">;
  /** True when the configuration said so, false when it is told by port and host until somebody answers. */
  chosen: boolean;
  /** By what it was told, when it was not chosen. */
  told?: string | undefined;
  notes: string[];
}

const SUPABASE_POOLER = ".pooler.supabase.com";
/** Ports on which Supavisor and PgBouncer listen for transaction pooling. */
const TRANSACTION_PORTS = new Set([6543, 6432]);

export function findMode(mode: Mode, url: ParsedUrl): ConnectionMode {
  const notes: string[] = [];
  const supabase = url.host.endsWith(SUPABASE_POOLER);
  if (supabase && !url.user.includes(".")) {
    notes.push(
      "DATABASE_URL: the user of a Supabase pooler is written user.tenant, such as postgres.abcdefgh; this one will be refused",
    );
  }
  if (mode !== "auto") return { kind: mode, chosen: true, notes };
  const kind = TRANSACTION_PORTS.has(url.port) ? "transaction" : supabase ? "session" : "direct";
  const by = supabase ? "port and host" : "port";
  const told = `mode ${kind}, told by the ${by} of DATABASE_URL; set DATABASE_MODE if that is wrong`;
  return { kind, chosen: false, told, notes };
}

/**
 * The same once a connection has been opened: whoever answers knows better than a port.
 * @param behindPooler the process that answered was not the one that let us in; undefined when none has
 */
export function modeNow(mode: ConnectionMode, behindPooler: boolean | undefined): ConnectionMode {
  if (mode.chosen || behindPooler === undefined || behindPooler === (mode.kind !== "direct"))
    return mode;
  const { notes } = mode;
  if (!behindPooler) {
    const told = "mode direct, as the database itself answers at the address of DATABASE_URL";
    return { kind: "direct", chosen: false, told, notes };
  }
  // The careful one of the two: nothing may be left on its connections.
  const told =
    "mode transaction, as a pooler answers at the address of DATABASE_URL; " +
    "set DATABASE_MODE=session if it lends a server for a whole connection";
  return { kind: "transaction", chosen: false, told, notes };
}
