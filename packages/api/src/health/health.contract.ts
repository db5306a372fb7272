export interface HealthCheck {
  status: "ok" | "error";
  latencyMs: number | null;
  /** Short class of the fault, never a host, user or server text. */
  reason: string | null;
}

export interface DatabaseHealth {
  status: "ok" | "error";
  pooled: HealthCheck;
  direct: HealthCheck;
  pool: { max: number; open: number; idle: number; waiting: number };
}
