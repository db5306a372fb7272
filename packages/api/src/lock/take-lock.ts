import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";

/** What two transactions must not do at once. The numbers keep apart what has the same name; programs of two versions share them. */
export const SUBJECTS = {
  email: 21,
  batch: 21,
  tenants: 22,
  "first owner": 23,
  suppressions: 24,
  exports: 25,
  schedules: 26,
  views: 29,
  features: 35,
  roles: 36,
  "sql runs": 31,
  drift: 32,
  webhooks: 30,
} as const;

const taken = defineStatement(
  "select from pg_advisory_xact_lock(hashtextextended(:name, :subject::int8))",
);

/**
 * Waits until no other transaction holds the lock, and holds it until this one ends.
 * @param name which one of the subject; the subject itself where there is one only
 */
export async function takeLock(
  tx: Tx,
  subject: keyof typeof SUBJECTS,
  name: string = subject,
): Promise<void> {
  await executeRawSql(tx, taken, { name, subject: SUBJECTS[subject] });
}
