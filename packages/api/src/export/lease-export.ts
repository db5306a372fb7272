import {
  defineStatement,
  type Executor,
  executeRawSql,
  executeRawSqlOne,
  type Tx,
} from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import { EXPORT } from "./export.state.ts";

/** Exports under way at once, over all apis of a database: of one tenant, and of all. */
export const EXPORTS_AT_ONCE = { tenant: 2, all: 8 } as const;
const RETRY_AFTER_MS = 10_000;

/** An export whose api has not been heard of for so long is over; it says so three times as often. */
const LEASE_SECONDS = 60;
export const LEASE_RENEWED_MS = (LEASE_SECONDS * 1_000) / 3;

/** SQL of until when an export counts as under way from now on. */
export const LEASED_UNTIL = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

const underWay = defineStatement(
  `select count(*)::int as everybodys, count(*) filter (where tenant_id = :tenantId::uuid)::int as own
   from app.exports where ${EXPORT.is("running", "status")} and leased_until > clock_timestamp()`,
  { everybodys: "int4", own: "int4" },
);

const renewed = defineStatement(
  `update app.exports set leased_until = ${LEASED_UNTIL}
   where id = :exportId::uuid and ${EXPORT.is("running", "status")}`,
);

/**
 * Holds the door for one more export of this tenant until the transaction ends, in which it is to begin.
 * @throws DomainError RATE_LIMITED when the tenant, or everybody together, has none left
 */
export async function requireExportPlace(tx: Tx, tenantId: string): Promise<void> {
  await takeLock(tx, "exports");
  const { own = 0, everybodys = 0 } = (await executeRawSqlOne(tx, underWay, { tenantId })) ?? {};
  if (own >= EXPORTS_AT_ONCE.tenant) {
    throw refusal(
      "TOO_MANY_EXPORTS",
      `${EXPORTS_AT_ONCE.tenant} exports of this tenant are under way; come back when one has ended.`,
    );
  }
  if (everybodys >= EXPORTS_AT_ONCE.all) {
    throw refusal(
      "EXPORTS_BUSY",
      "As many exports are under way as are sent at once; come back in a moment.",
    );
  }
}

const refusal = (errorCode: string, message: string): DomainError =>
  new DomainError("RATE_LIMITED", message, { errorCode, retryAfterMs: RETRY_AFTER_MS });

/** Says that an export is still under way, every `LEASE_RENEWED_MS`. One that has ended stays so. */
export async function renewExport(executor: Executor, exportId: string): Promise<void> {
  await executeRawSql(executor, renewed, { exportId });
}
