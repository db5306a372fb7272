/** One row of the audit log. Times are ISO 8601 in UTC. */
export interface AuditRow {
  auditId: string;
  at: string;
  /** Null for commands, and for sign-ins of nobody who is known. */
  actor: { id: string; name: string | null } | null;
  /** As procedures are called. */
  action: string;
  outcome: "done" | "refused" | "failed";
  /** How often within the minute, for what was refused and for sign-ins. */
  count: number;
  targetType: string | null;
  /** Null also for those who may not read contacts: it may be an address. */
  targetId: string | null;
  /** `ui`, `trpc`, `rest`, `cli` and so on, with the key that was used behind it. */
  source: string | null;
  requestId: string | null;
  /** What was said of it; null also for those who may not read contacts. */
  detail: Record<string, unknown> | null;
}
