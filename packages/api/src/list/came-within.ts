import { and, is, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";

/** Instants as the database prints them or ISO 8601. */
export interface Stretch {
  until: string;
  /** Null for rows from the beginning. */
  since: string | null;
}

/** Of the rows that came from `since` up to `until`; `came` says when one did. What came before anybody said when was there. */
export const cameWithin = (came: PgColumn | SQL, { until, since }: Stretch): SQL | undefined =>
  and(
    // Not for an index: it would begin there and walk again over everything that was told.
    sql`(${came} + interval '0' <= ${instant(came, until)}) is not false`,
    since === null ? undefined : sql`${came} >= ${instant(came, since)}`,
  );

export const hasZone = (value: SQLWrapper): boolean =>
  is(value, PgColumn) && value.getSQLType() === "timestamp with time zone";

/** An instant to be compared with a value, which has a zone or is UTC. */
const instant = (value: SQLWrapper, at: string): SQL =>
  is(value, PgColumn) && !hasZone(value)
    ? sql`timezone('utc', ${at}::timestamptz)`
    : sql`${at}::timestamptz`;
