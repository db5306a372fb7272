import { describeDeclared } from "../drift/declared.ts";

/** Tables of ours that platform staff may read; of the real ones they may read all. What is not named is not shown. */
const SHOWN_OF_APP: ReadonlySet<string> = new Set([
  "api_keys",
  "audit_log",
  "batch_days",
  "batch_lines",
  "batch_lists",
  "batch_names",
  "batch_removals",
  "batch_windows",
  "bulk_actions",
  "bulk_chunks",
  "changed_work",
  "drift_checks",
  "drift_ignored",
  "exports",
  "host_pauses",
  "job_attempts",
  "lead_addresses",
  "lead_changes",
  "lead_emails",
  "lead_people",
  "lead_phones",
  "lead_socials",
  "lead_technologies",
  "lead_tombstones",
  "leads",
  "notifications",
  "preferences",
  "purges",
  "role_grants",
  "saved_views",
  "schedule_runs",
  "schedules",
  "scrape_jobs",
  "service_accounts",
  "suppressions",
  "tenant_removals",
  "tenant_settings",
  "tenant_slugs",
  "users",
  "webhook_deliveries",
  "webhook_events",
  "webhook_failures",
  "webhook_tries",
  "webhooks",
  "workers",
]);

/** Names of columns that let somebody in, or prove who somebody is. */
const SECRET =
  /(^|_)(tokens?|secrets?|hash(es)?|passwords?|passphrases?|salts?|credentials?|signatures?)($|_)/;

export const isSecret = (column: string): boolean => SECRET.test(column);

/** A table as platform staff see it. */
export interface ShownTable {
  schema: string;
  table: string;
  /** Those that can be read, in their order. */
  columns: string[];
  /** Those that are masked. */
  masked: string[];
}

let known: readonly ShownTable[] | undefined;

/** Columns are the declared ones: what an owner added to a table is not read. */
export function shownTables(): readonly ShownTable[] {
  if (known !== undefined) return known;
  const { tables, columns } = describeDeclared();
  known = tables
    .filter(({ schema, table }) => schema === "public" || SHOWN_OF_APP.has(table))
    .map(({ schema, table }) => {
      const names = columns
        .filter((row) => row.schema === schema && row.table === table)
        .map(({ column }) => column);
      return {
        schema,
        table,
        columns: names.filter((name) => !isSecret(name)),
        masked: names.filter(isSecret),
      };
    })
    .sort((one, two) => (one.table < two.table ? -1 : 1));
  return known;
}
