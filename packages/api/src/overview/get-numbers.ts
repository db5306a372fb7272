import { certain, defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import {
  type Brought,
  OVERVIEW_DAYS,
  type OverviewNumbers,
  WEEK_DAYS,
} from "./overview.contract.ts";

// A few rows a batch and day, by the index on (tenant_id, day): jobs are not counted.
const days = defineStatement(
  `select told.day::date::text as day, coalesce(sum(d.complete), 0)::int as read, coalesce(sum(d.failed), 0)::int as failed,
     coalesce(sum(d.new_emails), 0)::int as new_emails, coalesce(sum(d.new_phones), 0)::int as new_phones
   from generate_series(timezone('utc', now())::date - ${OVERVIEW_DAYS - 1}, timezone('utc', now())::date, interval '1 day') told (day)
   left join app.batch_days d on d.tenant_id = :tenantId::uuid and d.day = told.day::date
   group by told.day order by told.day`,
  {
    day: certain("text"),
    read: "int4",
    failed: "int4",
    new_emails: "int4",
    new_phones: "int4",
  },
);

const NONE: Brought = { read: 0, failed: 0, newEmails: 0, newPhones: 0 };

/** What the last two weeks brought, day by day. */
export async function getNumbers(reader: Reader, tenantId: string): Promise<OverviewNumbers> {
  const rows = await executeRawSql(reader, days, { tenantId });
  const told = rows.map(({ day, read, failed, new_emails: newEmails, new_phones: newPhones }) => ({
    day,
    read,
    failed,
    newEmails,
    newPhones,
  }));
  return {
    thisWeek: told.slice(-WEEK_DAYS).reduce(sum, NONE),
    lastWeek: told.slice(0, -WEEK_DAYS).reduce(sum, NONE),
    days: told,
  };
}

const sum = (one: Brought, two: Brought): Brought => ({
  read: one.read + two.read,
  failed: one.failed + two.failed,
  newEmails: one.newEmails + two.newEmails,
  newPhones: one.newPhones + two.newPhones,
});
