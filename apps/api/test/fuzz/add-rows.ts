import { type Database, executeRawSql } from "@scrapersky/db";
import { answerWaitingJobs } from "../answered-batch.ts";
import type { Stage } from "./open-stage.ts";

/** Calls a procedure in somebody's name. */
export type Ask = (name: string, input: unknown) => Promise<never>;

/** Stands in every text of the far tenant that has a place for it. */
export const FOREIGN_WORD = "zebrafish";

/** Makes a row of every kind that a field can name, and gives their ids by the names of such fields. */
export async function addRows(
  database: Database,
  ask: Ask,
  { email, word }: { email: string; word: string },
): Promise<[string, string][]> {
  const rows = <T extends object>(sql: string, params: Record<string, unknown>) =>
    executeRawSql<T>(database.db, sql, params);
  const make = async (name: string, input: unknown): Promise<Record<string, string>> =>
    ask(name, input);
  const options = { label: word, note: word };
  await make("batches.create", { domains: ["example.com"], ...options });
  await answerWaitingJobs({ database }, [emailAt(`info@${word}.example`)]);
  const { batchId = "" } = await make("batches.create", {
    domains: [...Array(1_500).keys()].map((at) => `${word}-${at}.example`),
    ...options,
  });
  const [job] = await rows<{ job: string; domain: string; tenant: string; person: string }>(
    `select j.job_id::text as job, j.domain_id::text as domain, p.tenant_id::text as tenant, p.id::text as person
     from profiles p join jobs j on j.tenant_id_uuid = p.tenant_id and j.domain_id is not null
     where p.email = :email limit 1`,
    { email },
  );
  const { job: jobId = "", domain: domainId = "", tenant = "", person = "" } = job ?? {};
  await rows("update app.leads set label = :word, note = :word where tenant_id::text = :tenant", {
    word,
    tenant,
  });
  await rows("update tenants set description = :word where id::text = :tenant", { word, tenant });
  const key = await make("keys.create", { holder: "service", name: word, scopes: ["jobs:read"] });
  await make("suppressions.add", { entries: [`never.${word}.example`] });
  const schedule = await make("schedules.create", {
    name: word,
    cron: "0 9 * * *",
    timeZone: "UTC",
    source: { kind: "batch", batchId },
  });
  const view = await make("views.create", { list: "jobs", name: word, query: "", shared: true });
  const entry = await make("features.createEntry", { name: word, urlPath: `/${word}` });
  const webhook = await make("webhooks.create", {
    url: `https://hook.${word}.example/`,
    events: ["key.expiring"],
  });
  const delivery = await make("webhooks.test", { webhookId: webhook["webhookId"] });
  const invited = await make("profiles.invite", { email: `new@${word}.example`, role: "viewer" });
  const bulk = await make("bulk.start", {
    action: "leads.update",
    target: { list: "leads", filter: {}, asOf: new Date().toISOString() },
    settings: { label: word },
  });
  const [left] = await rows<{ purge: string; export: string }>(
    `with exported as (
       insert into app.exports (tenant_id, list, format, filters, columns, status, rows, bytes, created_by, ended_at, as_of, seen_from)
       values (:tenant::uuid, 'leads', 'csv', '{}', '{domain}', 'complete', 1, 40, :person::uuid, now(), now(), now())
       returning id
     )
     select exported.id::text as export, (select id::text from app.purges where tenant_id = :tenant::uuid limit 1) as purge
     from exported`,
    { tenant, person },
  );
  const named = {
    batchId,
    jobId,
    domainId,
    tenantId: tenant,
    profileId: person,
    colleagueId: invited["profileId"],
    purgeId: left?.purge,
    exportId: left?.export,
    bulkId: bulk["id"],
    ...key,
    ...schedule,
    ...view,
    ...entry,
    ...webhook,
    ...delivery,
  };
  return Object.entries(named).filter(
    (pair): pair is [string, string] => pair[0].endsWith("Id") && typeof pair[1] === "string",
  );
}

const emailAt = (email: string) => ({
  email,
  kind: "role" as const,
  free: false,
  ownDomain: false,
  person: null,
  hidden: "plain" as const,
  pages: ["https://example.com/"],
  context: null,
  takesMail: null,
  takesMailAt: null,
});

/** The word of the far tenant, and every id that stands in its rows and in nobody else's. */
export async function findForeign(database: Database, tenantId: string): Promise<Stage["foreign"]> {
  const columns = await executeRawSql<{ place: string; key: string; column: string }>(
    database.db,
    `select format('%I.%I', c.table_schema, c.table_name) as place, t.column_name as key, c.column_name as column
     from information_schema.columns c
     join information_schema.tables b using (table_schema, table_name)
     join information_schema.columns t on (t.table_schema, t.table_name) = (c.table_schema, c.table_name)
       and t.column_name in ('tenant_id', 'tenant_id_uuid')
     where c.table_schema in ('public', 'app') and b.table_type = 'BASE TABLE' and c.data_type = 'uuid'`,
  );
  const of = async (condition: string) => {
    const text = columns
      .map(
        ({ place, key, column }) =>
          `select ${column}::text as id from ${place} where ${key}::text ${condition}`,
      )
      .join(" union ");
    const found = await executeRawSql<{ id: string | null }>(database.db, text, { tenantId });
    return found.flatMap(({ id }) => id ?? []);
  };
  const others = new Set(await of("<> :tenantId"));
  const own = (await of("= :tenantId")).filter((id) => !others.has(id));
  return {
    pattern: new RegExp(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|${FOREIGN_WORD}`, "g"),
    values: new Set([...own, FOREIGN_WORD]),
  };
}
