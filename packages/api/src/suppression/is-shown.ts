import { defineStatement, executeRawSql, expression, nullable, type Reader } from "@scrapersky/db";
import { type SQL, sql, type SQLWrapper } from "drizzle-orm";

// From the commit on that puts an entry on the list nothing of it is shown. What is stored under its very name goes with that commit; what
// else there is of it is found by a purge, step by step, and until then whoever reads passes it by. Whose purges are at results is asked
// once in a statement, so that a row costs next to nothing while no purge of its own tenant is: 50 µs else.

const PURGING =
  "in (select purge.tenant_id from app.purges purge where purge.ended_at is null and purge.stage = 0)";

/** SQL: the condition that a site may be shown, by the SQL of its tenant and of its domain's id. */
export const siteIsShown = (tenantId: string, domainId: string): string =>
  `(not ${tenantId} ${PURGING} or not app.is_withheld_site(${tenantId}, ${domainId}))`;

/** SQL: the condition that the page at an address may be shown. */
export const pageIsShown = (tenantId: string, url: string): string =>
  `(not ${tenantId} ${PURGING} or not app.is_withheld_url(${tenantId}, ${url}))`;

/** SQL: an address, where it may be shown. */
export const shownEmail = (tenantId: string, email: string): string =>
  `case when ${tenantId} ${PURGING} and app.is_withheld(${tenantId}, ${email}) then null else ${email} end`;

const isPurging = (tenantId: SQLWrapper): SQL => sql`${tenantId} ${sql.raw(PURGING)}`;

/** The condition that an address may be shown. */
export const isShown = (tenantId: SQLWrapper, email: SQLWrapper): SQL =>
  sql`(not ${isPurging(tenantId)} or not app.is_withheld(${tenantId}, ${email}))`;

/** The condition that a site, and what hangs on it, may be shown. */
export const isShownSite = (tenantId: SQLWrapper, domainId: SQLWrapper): SQL =>
  sql`(not ${isPurging(tenantId)} or not app.is_withheld_site(${tenantId}, ${domainId}))`;

/** The condition that the page at an address may be shown. */
export const isShownPage = (tenantId: SQLWrapper, url: SQLWrapper): SQL =>
  sql`(not ${isPurging(tenantId)} or not app.is_withheld_url(${tenantId}, ${url}))`;

/** An address, where it may be shown. */
export const whereShown = (tenantId: SQLWrapper, email: SQLWrapper) =>
  expression(
    nullable("text"),
  )`case when ${isPurging(tenantId)} and app.is_withheld(${tenantId}, ${email}) then null else ${email} end`;

const withheld = defineStatement(
  `select subject from unnest(:subjects::text[]) subject
   where :tenantId::uuid ${PURGING} and app.is_withheld(:tenantId::uuid, subject)`,
  { subject: nullable("text") },
);

/** Tells of addresses and hosts that were asked about whether they may not be shown. */
export async function findWithheld(
  reader: Reader,
  tenantId: string,
  subjects: Iterable<string>,
): Promise<(subject: string) => boolean> {
  const rows = await executeRawSql(reader, withheld, { tenantId, subjects: [...subjects] });
  const found = new Set(rows.map(({ subject }) => subject));
  return (subject) => found.has(subject);
}
