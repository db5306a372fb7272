import { type Mark, markTexts, marksIn } from "@scrapersky/testing/marks";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import {
  appRouter,
  beginExport,
  type Procedures,
  PERMISSIONS,
  proceduresFor,
} from "../src/index.ts";
import type { AnyList, Filter } from "../src/list/list.contract.ts";
import * as door from "../src/lists.contract.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { sampleInput } from "./sample-input.ts";
import { tellWorker } from "../src/services.ts";
import { createWorld, type World } from "./world.ts";

// What somebody is told who may do everything but read contacts: of no text in the database an address, a number or a
// name, whatever is asked. Each column has a mark of its own; what is not marked, or may be told, is named here.

/** Staff and what they sign in with: whom it is about reads it as `profiles:read`. */
const STAFF =
  /^(public\.(profiles|tenants|roles|permissions|sidebar_features|user_\w+)|app\.(accounts|api_keys|migrations|seeds|service_accounts|sessions|sign_in_links|tenant_slugs|users|verifications|webhook\w*))\./;
/** Names of sites, and words of closed lists that the product or a catalogue writes. */
const OURS =
  /\.(domain|display_domain|business_key|status|state|kind|job_type|processor_type|country\w*|language|page_languages|signals|networks?|technology_\w+|takes_mail|reason|capped|error_code|failure_code|outcome|postcode|email_type|list|format|place|scope|hidden|found_as|evidence_in|worker_id|timings|removed|cron|time_zone|missed|overlap|\w*_from|\w*_by|bulk_actions\.(?:action|actor_kind|source|reasons)|audit_log\.(?:action|source|target_type|request_id|once))$/;
/**
 * Of these only the name is told: it is what a site or a list is called, or says to everybody, and nothing tells it from other
 * words.
 */
const NAMED = [
  String.raw`public.domains.(title|description|cdn_provider|copyright_year|feed_urls|google_\w+|ip_address|last_error|meta_json)`,
  String.raw`public.domains.(robots_txt|security_headers|server_type|sitemap_url|ssl_issuer|wordpress_\w+)`,
  String.raw`public.pages.(title|description|h1|url|page_type|schema_types|additional_json)`,
  String.raw`app.leads.(business_name|business_kind|town|region)`,
  String.raw`app.lead_technologies.\w+`,
  String.raw`public.jobs.(error|result_data)`,
  String.raw`app.job_attempts.(error|final_url)`,
  String.raw`public.batch_jobs.(batch_metadata|error)`,
  String.raw`app.exports.filters`,
  String.raw`app.bulk_actions.(settings|target)`,
  String.raw`app.bulk_chunks.told`,
  String.raw`app.schedules.(name|filter|last_error)`,
  String.raw`app.schedule_runs.error`,
].map((column) => new RegExp(`^${column}$`));
const isNamed = (column: string): boolean => NAMED.some((one) => one.test(column));

let world: World;
let marks: Mark[];
let api: Procedures;
let known: Record<string, unknown>;

beforeAll(async () => {
  world = await createWorld();
  const owner = await world.caller(world.tenants.near, "owner");
  const { batchId } = await owner.batches.create({
    domains: ["bakery.example", "broken.example", "waiting.example", "anna maier, by hand"],
    label: "Bakers",
    idempotencyKey: "once",
  });
  const listed = await owner.batches.create({
    rows: [
      ["Name", "Website"],
      ["Acme", "listed.example"],
      ["Anna Maier", "no site"],
    ],
  });
  const claims = await claimJobs(world, 9);
  const claimOf = (domain: string) => claims.find((claim) => claim.domain === domain)!;
  const [scraped, broken] = [claimOf("bakery.example"), claimOf("broken.example")];
  await recordClaim(world, scraped, done());
  await recordClaim(world, broken, failed());
  const { domainId } = await owner.leads.byDomain({ domain: "bakery.example" });
  await owner.leads.update({ domainId, expectedUpdatedAt: null, patch: { note: "n", label: "l" } });
  await owner.suppressions.add({ entries: ["nobody@never.example"], reason: "asked" });
  const times = { cron: "0 9 * * *", timeZone: "UTC" };
  const filter = { town: ["Wien"], label: ["Anna's"], q: "anna" };
  const { scheduleId } = await owner.schedules.create({
    ...times,
    name: "Bakers",
    source: { kind: "leads", filter },
  });
  await world.rows(
    `insert into app.schedule_runs (schedule_id, tenant_id, outcome, error)
     select id, tenant_id, 'failed', 'It failed' from app.schedules`,
  );
  await world.rows("update app.schedules set last_error = 'It failed'");
  const { exportId } = await world.database.db.transaction(async (tx) =>
    beginExport(
      tx,
      { actor: await world.actor(world.tenants.near, "owner"), requestId: "r", source: "rest" },
      {
        list: "list",
        format: "csv",
        filters: { q: "anna", town: ["Wien"] },
        columns: ["Name", "domain"],
        sinceId: undefined,
        batchName: listed.batchId,
      },
    ),
  );
  const bulk = await owner.bulk.start({
    action: "leads.update",
    target: { list: "leads", filter: {}, q: "bakery", asOf: new Date().toISOString() },
    settings: { label: "l" },
  });
  const colleague = await world.caller(world.tenants.near, "operator");
  const view = { list: "jobs", name: "Theirs", query: "status=failed", shared: true };
  const { viewId } = await colleague.views.create(view);
  const { webhookId } = await owner.webhooks.create({
    url: "https://hook.example/",
    events: ["batch.finished"],
  });
  const { deliveryId } = await owner.webhooks.test({ webhookId });
  // The log is only added to, but for this.
  await world.rows("alter table app.audit_log disable trigger audit_log_updated");
  marks = await markTexts(world.rows, (column) => !STAFF.test(column) && !OURS.test(column));
  const actor = await world.actor(world.tenants.near, "owner");
  const permissions = new Set(Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[]);
  permissions.delete("contacts:read");
  api = proceduresFor(world.context({ actor: { ...actor, permissions } }));
  const { keyId } = await owner.keys.create({
    holder: "service",
    name: "P",
    scopes: ["jobs:read"],
  });
  const [purge] = await world.rows<{ id: string }>("select id from app.purges limit 1");
  const [noted] = await world.rows<{ at: string }>(
    "select to_json(edited_at) #>> '{}' as at from app.leads where domain_id = :domainId::uuid",
    { domainId },
  );
  const worker = { workerId: "worker-1", version: "1.0.0", concurrency: 4, running: 1 };
  await tellWorker(world.database.db, worker);
  known = {
    workerId: worker.workerId,
    batchId,
    domainId,
    jobId: scraped.jobId,
    profileId: world.tenants.near.people.viewer,
    purgeId: purge?.id,
    domain: "bakery.example",
    text: "more.example",
    entries: ["never@never.example"],
    subject: "gone@never.example",
    expectedUpdatedAt: noted?.at,
    exportId,
    patch: { label: "mine" },
    id: bulk.id,
    viewId,
    key: "columns.jobs",
    value: ["domain"],
    target: { list: "jobs", filter: {}, asOf: new Date().toISOString() },
    ...times,
    source: { kind: "batch", batchId },
    scheduleId,
    email: "new@near.example",
    role: "viewer",
    scopes: ["jobs:read"],
    keyId,
    tenantId: world.tenants.far.id,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    permissions: ["jobs:read"],
    urlPath: "/jobs",
    parentId: null,
    enabled: true,
    featureId: (await api.features.createFlag({ name: "Maps" })).featureId,
    entryId: (await api.features.createEntry({ name: "Own", urlPath: "/jobs" })).entryId,
    table: "public.jobs",
    sql: "table contacts",
    ...(await addSql(actor.id)),
    url: "https://hook.example/",
    events: ["batch.failed"],
    webhookId,
    deliveryId,
  };
  await world.rows("drop index app.saved_views_owner_id_idx");
  difference = (await api.drift.now()).differences[0]?.key ?? "";
});

let difference: string;

/** A statement that somebody runs, and one that they keep. */
async function addSql(person: string): Promise<{ runId?: string; savedId?: string }> {
  const [run] = await world.rows<{ id: string }>(
    `insert into app.sql_runs (id, person_id, kind, sql, sql_hash)
     values (gen_random_uuid(), :person::uuid, 'query', 'select 1', '') returning id`,
    { person },
  );
  const [saved] = await world.rows<{ id: string }>(
    "insert into app.saved_sql (person_id, name, sql) values (:person::uuid, 'Mine', 'select 1') returning id",
    { person },
  );
  return { runId: run?.id, savedId: saved?.id };
}
afterAll(() => world.close());

const PROCEDURES = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: string; inputs: z.ZodType[] } }
  >,
);
const named = (type: string) =>
  PROCEDURES.filter(([, { _def }]) => _def.type === type).map(([name]) => name);

async function ask(name: string, input: unknown): Promise<string> {
  const call = name
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], api);
  const answer = await (call as (input: unknown) => Promise<unknown>)(input);
  if (typeof answer !== "object" || answer === null || !(Symbol.asyncIterator in answer)) {
    return JSON.stringify(answer);
  }
  for await (const reading of answer as AsyncIterable<unknown>) return JSON.stringify(reading);
  return "";
}

test.each([...named("query"), ...named("subscription"), ...named("mutation")])(
  "%s tells nobody's address, number or name",
  async (name) => {
    const [, { _def }] = PROCEDURES.find(([one]) => one === name)!;
    // What a view is of is the name of a list; where else a field is called so it is a filter.
    const own: Record<string, object> = {
      views: { list: "jobs" },
      profiles: { value: ["domain"] },
      tenants: { name: "far" },
      domains: { target: { list: "leads", filter: {}, asOf: new Date().toISOString() } },
      // Another one has been taken out of the tenant by then.
      rbac: { profileId: world.tenants.near.people.admin },
      drift: { key: difference, reason: "It is meant to be" },
    };
    const said = { ...known, ...own[name.split(".")[0]!] };
    const input = _def.inputs[0] && sampleInput(_def.inputs[0], said);
    const told = await ask(name, input).catch((error: { code: string; message: string }) => error);
    if (name === "tenants.deleteOwn") await world.rows("update tenants set is_active = true");
    const text = typeof told === "string" ? told : `${told.code} ${told.message}`;
    // Anything else is asked so that it answers, by what `known` says of its fields.
    const mayRefuse = _def.type === "mutation" ? /^(FORBIDDEN|CONFLICT)/ : /^FORBIDDEN/;
    if (typeof told !== "string" && name !== "batches.append") expect(text).toMatch(mayRefuse);
    const secrets = marksIn(text, marks).filter((found) => {
      const [column = "", what] = found.split(": ");
      return !(what === "name" && isNamed(column));
    });
    expect(secrets).toEqual([]);
  },
);

const LISTS = Object.values(door).filter(
  (value): value is AnyList & typeof value => typeof value === "object" && "orders" in value,
);
const SEARCHES = LISTS.flatMap(({ name, filters }) =>
  Object.entries<Filter>(filters)
    // An id is no part of a text.
    .filter(([filter, { kind }]) => kind === "text" && filter !== "batchId")
    .map(([filter]) => ({ name, filter })),
);
const partsOf = ({ mail, number, name }: Mark): string[] => [mail.split("@")[0]!, number, name];

test.each(SEARCHES)("$name finds nobody by $filter", async ({ name, filter }) => {
  for (const verb of ["list", "count"]) {
    for (const part of marks.filter(({ column }) => !isNamed(column)).flatMap(partsOf)) {
      const told = await ask(`${name}.${verb}`, { [filter]: part }).catch(
        (error: { code: string }) => error.code,
      );
      if (told === "FORBIDDEN" || told === "NOT_FOUND") return;
      expect([NOTHING, NONE]).toContain(told);
    }
  }
});
const NOTHING = JSON.stringify({ items: [], nextCursor: null, previousCursor: null });
const NONE = JSON.stringify({ value: 0, exact: true });

test("the search over everything finds nobody", async () => {
  for (const part of marks.filter(({ column }) => !isNamed(column)).flatMap(partsOf)) {
    const { direct, ...found } = JSON.parse(await ask("search.global", { q: part }));
    expect([direct, ...Object.values(found).flat()]).toEqual([null]);
  }
});

test("a line that names no site is found by nobody who may not read it, and told to nobody", async () => {
  const owner = await world.caller(world.tenants.near, "owner");
  expect((await owner.jobs.list({ q: "anna" })).items).toHaveLength(1);
  expect(await owner.jobs.count({ q: "anna" })).toMatchObject({ value: 1 });
  expect((await api.jobs.list({ q: "anna" })).items).toEqual([]);
  expect(await api.jobs.count({ q: "anna" })).toMatchObject({ value: 0 });
  expect((await api.jobs.list({ q: "anna", status: ["failed"] })).items).toEqual([]);
  const { items } = await api.jobs.list({ q: "broken" });
  expect(new Set(items.map(({ domain }) => domain))).toEqual(new Set(["broken.example"]));
  expect(JSON.stringify(await api.jobs.list({}))).not.toContain("anna");
});
