import type { HealthResult, Pooler } from "@scrapersky/db";

const NAMES: Record<Pooler["kind"], string> = {
  none: "no pooler",
  pgbouncer: "PgBouncer",
  supavisor: "Supavisor",
  unknown: "a pooler",
};

/** `PgBouncer 1.25.0`, `a pooler`: as far as it told. */
export const namePooler = ({ kind, version }: Pooler): string =>
  version === undefined ? NAMES[kind] : `${NAMES[kind]} ${version}`;

/** What answered: `PostgreSQL 18.3`, and whether it takes writes. */
export function nameServer({ serverVersion, replica, readOnly }: HealthResult): string {
  const says = `PostgreSQL ${serverVersion ?? "of an unknown version"}`;
  if (replica === true) return `${says}, a read-only replica`;
  return readOnly === true ? `${says}, read-only` : says;
}
