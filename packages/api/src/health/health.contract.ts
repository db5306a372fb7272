export interface HealthCheck {
  status: "ok" | "error";
  latencyMs: number | null;
  /** Short class of the fault, never a host, user or server text. */
  reason: string | null;
  /** True when the server follows another one; null while it is not known. */
  replica: boolean | null;
  /** True when the server refuses writes; null while it is not known. */
  readOnly: boolean | null;
  /** Such as `18.3`; null while it is not known. */
  serverVersion: string | null;
}

export interface DatabaseHealth {
  status: "ok" | "error";
  pooled: HealthCheck;
  direct: HealthCheck;
  /** What sits between this process and the server, as far as it tells. */
  pooler: { kind: "none" | "pgbouncer" | "supavisor" | "unknown"; version: string | null };
  pool: { max: number; open: number; idle: number; waiting: number };
}
