import type { ParsedUrl } from "./url.ts";

/**
 * What a database URL leads to: a pooler that lends a server for one transaction, one that lends it
 * for the whole connection, or the server itself.
 */
export type Mode = "auto" | "transaction" | "session" | "direct";

export interface ConnectionMode {
  kind: Exclude<Mode, "auto">;
  /** True when the configuration said so, false when it was told by port and host. */
  chosen: boolean;
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
  const told = supabase ? "port and host" : "port";
  notes.push(
    `mode ${kind}, told by the ${told} of DATABASE_URL; set DATABASE_MODE if that is wrong`,
  );
  return { kind, chosen: false, notes };
}
