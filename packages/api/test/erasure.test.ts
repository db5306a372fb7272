import { createHash } from "node:crypto";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { continuePurge, findOpenPurge } from "../src/services.ts";
import { erasePatterns } from "../src/suppression/erase-pattern.ts";
import { beginErasure } from "../src/suppression/begin-erasure.ts";
import { TEXT_PLACES, textColumns } from "../src/suppression/text-places.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed, lead, page } from "./outcomes.ts";
import { createWorld, type Tenant, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

const PERSON = "anna@bakery.example";

/** Every text and JSON column of every table, but those of the server itself. */
const columnsOf = () =>
  world.rows<{ schema: string; name: string; column: string }>(
    `select c.table_schema as schema, c.table_name as name, c.column_name as column
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
       and (c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY'))`,
  );

/** Where the database says something, as schema.table.column with how many rows. */
async function placesOf(pattern: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { schema, name, column } of await columnsOf()) {
    const [row] = await world.rows<{ n: number }>(
      `select count(*)::int as n from "${schema}"."${name}" where "${column}"::text ~* :pattern`,
      { pattern },
    );
    if (row && row.n > 0) found[`${schema}.${name}.${column}`] = row.n;
  }
  return found;
}

async function fillBoth(): Promise<void> {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.suppressions");
  for (const { id } of Object.values(world.tenants)) await fill(id);
}

/** Rows of a tenant that say the person's address, or the domain of it, in every column that can. */
async function fill(tenantId: string): Promise<void> {
  await world.rows("delete from app.adopted_rows where was ->> 'tenant_id' = :tenantId", {
    tenantId,
  });
  const tenant = tenantId === world.tenants.near.id ? world.tenants.near : world.tenants.far;
  const owner = await world.caller(tenant, "owner");
  const { batchId } = await owner.batches.create({
    domains: [
      "cafe.example",
      "Anna <anna@bakery.example>",
      "bakery.example",
      "later.bakery.example",
    ],
    label: `For ${PERSON}`,
    idempotencyKey: `key ${PERSON} ${Math.random()}`,
  });
  const claims = await claimJobs(world, 2);
  const cafe = claims.find(({ domain }) => domain === "cafe.example");
  if (cafe) await recordClaim(world, cafe, withAnna());
  const values = {
    says: `Line one\nAnna@Bakery.example, and "more" \\ anna (at) bakery.example`,
    json: JSON.stringify({ a: [`x\n${PERSON}`], [PERSON]: 1 }),
    list: JSON.stringify([{ subject: PERSON, from: `mailto:${PERSON}` }]),
    person: PERSON,
    tenantId,
    batchId,
  };
  for (const text of [
    "update jobs set error = :says, result = :json::jsonb where batch_id = :batchId::uuid and status = 'complete'",
    "update app.job_attempts a set error = :says, final_url = 'https://cafe.example/?to=anna%40bakery.example' from jobs j where j.job_id = a.job_id and j.batch_id = :batchId::uuid",
    "update domains set notes = :says, meta_json = meta_json || :json::jsonb, error_history = :list::jsonb where tenant_id = :tenantId::uuid",
    "update app.leads set note = :says, label = :says where tenant_id = :tenantId::uuid",
    "update app.lead_technologies set evidence = :says where tenant_id = :tenantId::uuid",
    "update pages set additional_json = :json::jsonb where tenant_id = :tenantId::uuid",
    "update app.batch_lines set cells = array['before', :says, 'behind'] where batch_id = :batchId::uuid",
    "update app.batch_lists set file_name = :person, columns = array['First', :person, 'Last'] where batch_id = :batchId::uuid",
    "insert into app.batch_names (tenant_id, name, batch_id) values (:tenantId::uuid, :says || ' ' || :batchId, :batchId::uuid)",
    "insert into local_businesses (tenant_id, business_name, additional_json) values (:tenantId::uuid, :says, :json::jsonb)",
    "insert into sitemap_files (tenant_id, domain_id, url, sitemap_type) select tenant_id, id, 'https://cafe.example/' || :person, 'x' from domains where tenant_id = :tenantId::uuid and domain = 'cafe.example'",
    "insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, as_of, seen_from, ended_at) values (:tenantId::uuid, 'jobs', 'csv', :json::jsonb, '{}', 'complete', gen_random_uuid(), now(), now(), now())",
    "insert into app.bulk_actions (tenant_id, action, list, target, settings, status, total, created_by, actor_kind, source, ended_at) values (:tenantId::uuid, 'leads.update', 'leads', :json::jsonb, :json::jsonb, 'complete', 1, gen_random_uuid(), 'person', 'ui', now())",
    "insert into app.bulk_chunks (bulk_id, number, ids, told, former) select id, 1, '{}', :list::jsonb, :json::jsonb from app.bulk_actions where tenant_id = :tenantId::uuid on conflict do nothing",
    "insert into app.schedules (tenant_id, name, status, cron, time_zone, missed, overlap, filter, max_pages, max_concurrent, last_error, created_by, run_by) values (:tenantId::uuid, :says, 'paused', '0 9 * * *', 'UTC', 'skip', 'skip', jsonb_build_object('contact', :person::text), 5, 5, :says, gen_random_uuid(), gen_random_uuid())",
    "insert into app.schedule_runs (schedule_id, tenant_id, outcome, error) select id, tenant_id, 'failed', :says from app.schedules where tenant_id = :tenantId::uuid",
    "insert into app.adopted_rows (adoption, step, table_name, kind, row_key, was) values ('x', 'x', 'domains', 'changed', :person, jsonb_build_object('tenant_id', :tenantId::text, 'notes', :says::text))",
    "insert into app.audit_log (tenant_id, action, target_id, detail) values (:tenantId::uuid, 'x', :person, :json::jsonb)",
    "insert into app.lead_changes (domain_id, scanned_at, tenant_id, changes) select id, clock_timestamp(), tenant_id, :list::jsonb from domains where tenant_id = :tenantId::uuid and domain = 'cafe.example'",
  ]) {
    const used = Object.entries(values).filter(([name]) =>
      new RegExp(String.raw`(?<!:):${name}\b`).test(text),
    );
    await world.rows(text, Object.fromEntries(used));
  }
}

const withAnna = () =>
  done({
    lead: {
      ...lead,
      emails: [
        {
          ...lead.emails[0]!,
          email: PERSON,
          kind: "person",
          person: { name: "Anna Sonne", title: null },
          pages: ["https://bakery.example/contact"],
        },
      ],
      bestEmail: { email: PERSON, rule: "The first." },
      bestPersonEmail: { email: PERSON, rule: "The first." },
      people: [{ ...lead.people[0]!, email: PERSON }],
    },
    site: siteOf("https://cafe.example/"),
    pages: [{ ...page("/contact"), title: `Write to ${PERSON}` }],
  });

const siteOf = (finalUrl: string) => ({ ...(done() as { site: object }).site, finalUrl }) as never;

/** All rows of a tenant, as text. */
async function everythingOf({ id }: Tenant): Promise<string> {
  const parts: unknown[] = [];
  for (const place of TEXT_PLACES) {
    const { schema = "public", name } = getTableConfig(place.table);
    const condition = place.ofTenant(id);
    parts.push(name, await world.database.db.select().from(place.table).where(condition), schema);
  }
  return JSON.stringify(parts);
}

test("every text and JSON column of the database is a place of an erasure, or said to be none", async () => {
  const known = new Set(
    TEXT_PLACES.flatMap((place) => {
      const { schema = "public", name } = getTableConfig(place.table);
      return textColumns(place).map(({ column }) => `${schema}.${name}.${column.name}`);
    }),
  );
  // Tables of people who sign in, of words that are ours, and of what belongs to no tenant.
  const others = [
    /^public\.(profiles|roles|permissions|tenants|tenant_features|feature_flags|sidebar_features|user_\w+)\./,
    /^auth\./,
    /^extensions\./,
    /^pgboss\./,
    /^app\.(users|sessions|accounts|verifications|sign_in_links|api_keys|service_accounts|seeds|migrations|rate_limits|stream_places|network_places|host_pauses|workers)\./,
    /^app\.(tenant_slugs|tenant_settings|suppressions|purges|preferences|revision_epochs)\./,
    // Addresses of the tenant's own programs, and what those are told: ids, counts and times.
    /^app\.webhook\w*\./,
    /^app\.bulk_chunks\.ids$/,
    /^app\.drift_(checks|ignored)\./,
  ];
  const forgotten = (await columnsOf())
    .map(({ schema, name, column }) => `${schema}.${name}.${column}`)
    .filter((place) => !known.has(place) && !others.some((other) => other.test(place)));
  // Columns of closed lists of words, checked by the database or a type of it.
  const words = forgotten.filter((place) => !CLOSED.has(place));
  expect(words).toEqual([]);
});

const CLOSED = new Set([
  "app.sql_runs.kind",
  "app.sql_runs.outcome",
  "app.job_attempts.outcome",
  "app.audit_log.outcome",
  "app.forgotten_work.of",
  // Ids, hashes and minutes.
  "app.changed_work.job_ids",
  "app.changed_work.batch_ids",
  "app.audit_log.once",
  "app.leads.business_name_from",
  "app.leads.best_email_by",
  "app.leads.best_phone_by",
  "app.leads.country_confidence",
  "app.lead_emails.kind",
  "app.lead_emails.hidden",
  "app.lead_emails.takes_mail",
  "app.lead_phones.found_as",
  "app.lead_addresses.found_as",
  "app.lead_technologies.evidence_in",
  "app.adopted_rows.kind",
  "app.batch_lines.kind",
  "app.batch_removals.state",
  "app.tenant_removals.state",
  "app.batch_windows.state",
  "app.schedules.status",
  "app.schedules.missed",
  "app.schedules.overlap",
  "app.schedule_runs.outcome",
  "app.schedule_runs.reason",
]);

describe.each([
  ["anna@bakery.example", { kind: "email", entry: PERSON } as const],
  ["Bakery.example", { kind: "domain", entry: "bakery.example" } as const],
])("erasing %s", (subject, entry) => {
  const pattern = "bakery[.]example";
  const person = "anna(@|%40| [(]at[)] )bakery[.]example";
  const looked = entry.kind === "email" ? person : pattern;

  test("leaves nothing of it in any column of any table but the entry of the list, and nothing else changes", async () => {
    await fillBoth();
    const before = await placesOf(looked);
    expect(Object.keys(before).length).toBeGreaterThan(25);
    const far = await everythingOf(world.tenants.far);
    const preview = await api.suppressions.preview({ subject });
    expect(preview).toMatchObject({ kind: entry.kind, entry: entry.entry });
    expect(preview.found["pages"]).toBeGreaterThan(0);
    const purge = await api.suppressions.erase({ subject, reason: "By letter of 3 May" });
    expect(purge).toMatchObject({ ended: true, scope: "everywhere" });
    expect(await everythingOf(world.tenants.far)).toBe(far);
    // The other tenant's rows hide what is left of this one's, so they go.
    await world.rows("delete from app.suppressions where tenant_id <> :near::uuid", {
      near: world.tenants.near.id,
    });
    await removeTenant(world.tenants.far.id);
    expect(await placesOf(looked)).toEqual({
      "app.suppressions.entry": 1,
      "app.suppressions.shown": 1,
    });
    expect((await api.suppressions.preview({ subject })).found).toEqual({});
    expect(await api.suppressions.purge({ purgeId: purge.purgeId })).toEqual(purge);
    const [list] = await world.rows<{ columns: string[] }>(
      "select columns from app.batch_lists order by batch_id desc limit 1",
    );
    expect(list?.columns).toEqual(["First", "[erased]", "Last"]);
    const [audit] = await world.rows<{ detail: { hash: string } }>(
      "select detail from app.audit_log where target_id = :purgeId",
      { purgeId: purge.purgeId },
    );
    const hash = createHash("sha256").update(entry.entry).digest("hex").slice(0, 16);
    expect(audit?.detail.hash).toBe(hash);
  });
});

/** Takes away all rows of a tenant that an erasure looks through. */
async function removeTenant(id: string): Promise<void> {
  await world.rows("alter table app.audit_log disable trigger audit_log_deleted");
  for (const place of TEXT_PLACES.toReversed()) {
    await world.database.db.delete(place.table).where(place.ofTenant(id));
  }
  await world.rows("alter table app.audit_log enable trigger audit_log_deleted");
  await world.rows("delete from pgboss.job where data->>'tenantId' = :id", { id });
}

test("what was begun and left is gone on with, step by step, each counted once", async () => {
  const caller = {
    actor: await world.actor(world.tenants.near, "owner"),
    requestId: "left",
    source: "trpc" as const,
  };
  await fillBoth();
  const { db } = world.database;
  const begun = await db.transaction((tx) => beginErasure(tx, caller, { subject: PERSON }));
  const step = () => db.transaction((tx) => continuePurge(tx, world.queue, begun.purgeId));
  expect(await step()).toMatchObject({ ended: false, removed: { emails: 1 } });
  await expect(
    db.transaction(async (tx) => {
      await continuePurge(tx, world.queue, begun.purgeId);
      throw new Error("killed");
    }),
  ).rejects.toThrow("killed");
  let steps = 1;
  for (let id = await findOpenPurge(db); id !== undefined; id = await findOpenPurge(db)) {
    expect(id).toBe(begun.purgeId);
    await step();
    steps++;
  }
  expect(steps).toBe(2 * TEXT_PLACES.length + 2);
  expect(await step()).toBeUndefined();
  const purge = await api.suppressions.purge({ purgeId: begun.purgeId });
  expect(purge).toMatchObject({
    ended: true,
    removed: { emails: 1, leads: 1, local_businesses: 1 },
  });
});

test("what was erased does not run again, neither by itself nor with its batch", async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.suppressions");
  const { batchId } = await api.batches.create({ domains: ["gone.example", "kept.example"] });
  for (const claim of await claimJobs(world, 2)) await recordClaim(world, claim, failed());
  await api.suppressions.erase({ subject: "gone.example" });
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  const [erased] = items;
  expect(erased?.domain).toBe("[erased]");
  await expect(api.jobs.retry({ jobId: erased?.jobId ?? "" })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { details: { errorCode: "ERASED" } },
  });
  const { retried, batch } = await api.batches.retryFailed({ batchId });
  expect([retried, batch.counts.pending, batch.counts.failed]).toEqual([1, 1, 1]);
});

describe("the pattern of an erasure", () => {
  const finds = async (entry: Parameters<typeof erasePatterns>[0], text: string) => {
    const { text: pattern, json } = erasePatterns(entry);
    const [row] = await world.rows<{ left: string; inside: string }>(
      `select regexp_replace(:text, :pattern, '#', 'gi') as left,
         regexp_replace(to_jsonb(:text::text)::text, :json, '#', 'gi')::jsonb #>> '{}' as inside`,
      { text, pattern, json },
    );
    return row;
  };
  const email = { kind: "email", entry: "anna@xn--bckerei-5wa.de" } as const;
  const domain = { kind: "domain", entry: "xn--bckerei-5wa.de" } as const;

  test.each([
    [email, "Anna@Bäckerei.de.", "#."],
    [email, "<anna@xn--bckerei-5wa.de>", "<#>"],
    [email, "anna%40bäckerei.de&x", "#&x"],
    [email, "anna [at] bäckerei.de", "#"],
    [email, "one\nanna@bäckerei.de\ttwo", "one\n#\ttwo"],
    [email, "C:\\anna@bäckerei.de", "C:\\#"],
    [domain, "one\nnora@bäckerei.de\\two", "one\n#\\two"],
    [email, "hanna@bäckerei.de", "hanna@bäckerei.de"],
    [email, "anna@bäckerei.de.com", "anna@bäckerei.de.com"],
    [email, "b.anna@bäckerei.de", "b.anna@bäckerei.de"],
    [email, "bäckerei.de", "bäckerei.de"],
    [domain, "see https://www.bäckerei.de/anna?x=1 now", "see # now"],
    [domain, "anna@bäckerei.de, ben@mail.bäckerei.de", "#, #"],
    [domain, "BÄCKEREI.DE", "#"],
    [domain, "meine-bäckerei.de", "meine-bäckerei.de"],
    [domain, "bäckerei.de.evil.com", "bäckerei.de.evil.com"],
    [domain, "bäckerei.dev", "bäckerei.dev"],
  ])("of %o makes of %j %j", async (entry, text, left) => {
    expect(await finds(entry, text)).toEqual({ left, inside: left });
  });
});
