import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLines } from "../src/export/read-lines.ts";
import { readRows } from "../src/export/read-rows.ts";
import { listContacts, listJobs, listLeads, listPages, type Procedures } from "../src/index.ts";
import type { List } from "../src/list/define-list.ts";
import type { AnyList } from "../src/list/list.contract.ts";
import { continuePurge } from "../src/services.ts";
import { addSuppressions } from "../src/suppression/add-suppressions.ts";
import { suppressionKeys } from "../src/suppression/suppression-keys.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let batchId: string;
const ids: Record<string, string> = {};

/** Domains with whom their leads write to and where their pages are. */
const SITES = [
  ["shop.acme.example", "hello@shop.acme.example", "https://shop.acme.example/"],
  ["other.example", "sales@acme.example", "https://eu.acme.example/other"],
  ["plain.example", "office@plain.example", "https://plain.example/"],
  ["leads-away.example", "boss@leads-away.example", "https://leads-away.example/"],
  ["mailed.example", "anna@free.example", "https://mailed.example/"],
  ["info.example", "info@info.example", "https://info.example/"],
] as const;

beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  ({ batchId } = await api.batches.create({ domains: SITES.map(([domain]) => domain) }));
  const tenantId = world.tenants.near.id;
  for (const [domain, email, url] of SITES) {
    const [row] = await world.rows<{ id: string }>(
      `with made as (
         insert into domains (tenant_id, domain, meta_json) values (:tenantId::uuid, :domain::text, case when :domain::text = 'leads-away.example'
           then jsonb_build_object('final_url', 'https://www.acme.example/') end)
         returning id, tenant_id, domain
       ), page as (
         insert into pages (tenant_id, domain_id, url) select tenant_id, id, :url from made
       )
       insert into app.leads (domain_id, tenant_id, domain, display_domain, best_email, best_email_by, emails, suggested, first_scan, last_scan)
       select id, tenant_id, domain, domain, :email::text, 'rule', 2, jsonb_build_object('role', jsonb_build_object('email', :email::text, 'rule', 'r')),
         now(), now() from made returning domain_id as id`,
      { tenantId, domain, email, url },
    );
    ids[domain] = row!.id;
    await world.rows(
      `insert into app.lead_emails (domain_id, tenant_id, email, kind, free, own_domain, person_name, pages)
       select :id::uuid, :tenantId::uuid, email, 'role', false, false, 'Person of ' || email, '{}'
       from unnest(array[:email::text, 'spare@' || :domain::text]) email`,
      { id: row!.id, tenantId, email, domain },
    );
    await world.rows(
      `update jobs set domain_id = :id::uuid, result = '{}',
         result_data = jsonb_build_object('final_url', 'https://' || case when :domain::text = 'leads-away.example' then 'www.acme.example' else :domain::text end || '/')
       where job_id = (select job_id from app.scrape_jobs where domain = :domain::text)`,
      { id: row!.id, domain },
    );
  }
});
afterAll(() => world.close());

/** Rows of all exports as text. */
async function exported(): Promise<string> {
  const lists = [listLeads, listContacts, listPages, listJobs] as unknown as List<
    AnyList,
    unknown
  >[];
  const parts: unknown[] = [];
  const { signal } = new AbortController();
  for (const list of lists) {
    const columns = Object.keys(list.contract.columns ?? {}).filter(
      (name) => name !== "domain" || list.contract.name !== "jobs",
    );
    for (const order of Object.keys(list.contract.orders)) {
      const batch = list.contract.orders[order]?.includes("batchId") ? { batchId } : {};
      const ask = {
        tenantId: world.tenants.near.id,
        filters: batch,
        order,
        columns,
        until: "2100-01-01T00:00:00Z",
        since: null,
        rights: { mayReadContacts: true },
      };
      for await (const rows of readRows(world.database.db, list, ask as never, signal, 2)) {
        parts.push(...rows);
      }
    }
  }
  const given = { batchId, columns: [], lastLine: 100, isKept: false } as never;
  for await (const rows of readLines(world.database.db, world.tenants.near.id, given, signal)) {
    // What was given is the tenant's own list.
    parts.push(...Array.from(rows, (cells) => cells.slice(6)));
  }
  return JSON.stringify(parts);
}

/** Whatever is told of what scans found. */
async function told(): Promise<string> {
  const caught = (asking: Promise<unknown>) => asking.catch((error: Error) => error.message);
  const { items: jobs } = await api.jobs.list({ limit: 50 });
  const answers = [
    api.leads.list({}),
    api.leads.list({ order: "name" }),
    api.leads.list({ contact: "acme" }),
    api.leads.list({ contact: "info@" }),
    api.leads.list({ batchId }),
    api.leads.changed({}),
    api.contacts.list({}),
    api.contacts.list({ order: "email", q: "acme" }),
    api.contacts.list({ kind: ["role"], batchId }),
    api.contacts.changed({}),
    api.pages.list({}),
    api.pages.list({ domain: "other.example" }),
    api.pages.changed({}),
    ...["acme", "hello@shop", "sales@acme.example", "shop.acme.example", "info@info", "anna@"].map(
      async (q) => ({ ...(await api.search.global({ q })), jobs: [] }),
    ),
    ...Object.values(ids).flatMap((domainId) => [
      caught(api.leads.byId({ domainId })),
      caught(api.domains.byId({ domainId })),
    ]),
    ...jobs.map(async ({ jobId }) => {
      const { result, lead, notes } = await api.jobs.byId({ jobId });
      return { result, lead, notes };
    }),
    ...jobs.map(({ lead, notes }) => Promise.resolve({ lead, notes })),
    exported(),
  ];
  // Lines of lists are the tenant's own.
  const own = /"(?:domain|displayDomain|batchFirstDomain|input)":"[^"]*"/g;
  const of = await Promise.all(answers as Promise<unknown>[]);
  return JSON.stringify(of)
    .replaceAll(String.raw`\"`, '"')
    .replace(own, "");
}

const purge = async () => {
  for (let going = true; going;) {
    const open = await world.rows<{ id: string }>(
      "select id from app.purges where ended_at is null",
    );
    for (const { id } of open) {
      await world.database.db.transaction((tx) =>
        continuePurge(tx, createQueue(world.database), id),
      );
    }
    going = open.length > 0;
  }
};

const SECRETS =
  /acme\.example|Person of (?:hello|sales|info|anna)|info@|anna@free|leads-away\.example/;

describe("what is suppressed is told nowhere from the commit on", () => {
  test("although all of it was told before, and what is not suppressed still is", async () => {
    const before = await told();
    for (const word of [
      "shop.acme.example",
      "sales@acme.example",
      "eu.acme.example",
      "boss@leads-away.example",
      "info@info.example",
      "anna@free.example",
    ]) {
      expect(before).toContain(word);
    }
    // As the procedure does, which goes on with the purge at once.
    const caller = world.context({ actor: await world.actor(world.tenants.near, "owner") });
    const entries = ["acme.example", "info@*", "*@free.example"];
    const begun = await world.database.db.transaction((tx) =>
      addSuppressions(tx, caller as never, { entries, reason: "asked" } as never),
    );
    expect(begun.purge).toMatchObject({ ended: false });
    const during = await told();
    expect(during).not.toMatch(SECRETS);
    for (const word of [
      "office@plain.example",
      "spare@other.example",
      "spare@mailed.example",
      "https://plain.example/",
    ]) {
      expect(during).toContain(word);
    }
    expect(await api.leads.byId({ domainId: ids["other.example"]! })).toMatchObject({
      bestEmail: null,
      suggested: { role: null },
      emails: [{ email: "spare@other.example" }],
    });
    await purge();
    expect(await told()).not.toMatch(SECRETS);
    expect(await api.contacts.count({})).toMatchObject({ value: 5 });
  });
});

test("the database knows the same entries of an address or a host as the rules do", async () => {
  const subjects = [
    "example",
    "shop.example",
    "A.b.Shop.Example.",
    "info@shop.example",
    "Info@Mail.Shop.Example",
    "a@b@shop.example",
    "info@localhost",
  ];
  for (const subject of subjects) {
    const [row] = await world.rows<{ keys: string[] }>(
      "select app.suppression_keys(:subject) as keys",
      { subject },
    );
    expect(new Set(row!.keys), subject).toEqual(new Set(suppressionKeys(subject)));
  }
});

test("rows are held against entries while a purge of their own tenant goes, and no others'", async () => {
  const { near, far } = world.tenants;
  const countHeld = async (tx: Tx) => {
    const row = await executeRawSqlOne<{ calls: number }>(
      tx,
      "select coalesce(sum(calls), 0)::int as calls from pg_stat_xact_user_functions where funcname = 'is_withheld_site'",
    );
    return row?.calls ?? 0;
  };
  const heldDuringPurgeOf = (tenantId: string) =>
    world.database.db.transaction(async (tx) => {
      await executeRawSql(tx, "set local track_functions = 'all'");
      await executeRawSql(tx, "delete from app.purges");
      await executeRawSql(
        tx,
        "insert into app.purges (tenant_id, scope, created_by) values (:tenantId::uuid, 'results', gen_random_uuid())",
        { tenantId },
      );
      const before = await countHeld(tx);
      const { items } = await listLeads(tx, near.id, { limit: 50 }, { mayReadContacts: true });
      expect(items).not.toHaveLength(0);
      return (await countHeld(tx)) - before;
    });
  expect(await heldDuringPurgeOf(near.id)).toBeGreaterThan(0);
  expect(await heldDuringPurgeOf(far.id)).toBe(0);
});
