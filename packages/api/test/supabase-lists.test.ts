import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue } from "@scrapersky/queue";
import { useVariants } from "@scrapersky/testing/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRows } from "../src/export/read-rows.ts";
import {
  createBatchWatcher,
  findActor,
  listLeads,
  type Procedures,
  proceduresFor,
  watchHealth,
} from "../src/index.ts";
import { addPerson, createTenant, type Outsider } from "../src/services.ts";
import { addLeads } from "./some-leads.ts";

// Lists, exports, search and suppression where the product is at home: a project of Supabase, of an ordinary owner.

const CLI: Outsider = { actor: null, source: "cli" };
const variants = await useVariants();
const variant = variants.list.find(
  ({ postgres, role, way }) =>
    postgres === "embedded 18" && role === "ordinary owner" && way === "directly",
)!;

let database: Database;
let api: Procedures;
let tenantId: string;
const rows = <T extends object>(sql: string, params: Record<string, unknown> = {}) =>
  executeRawSql<T>(database.db, sql, params);

beforeAll(async () => {
  const project = await variants.createDatabase(variant, { supabase: true });
  await migrate({ url: project.url });
  database = createDatabase({ url: project.url, max: 4 });
  await installQueue(database);
  const tenant = await database.db.transaction((tx) => createTenant(tx, CLI, { name: "Firma" }));
  tenantId = tenant.id;
  const person = { email: "ann@firma.example", role: "owner", tenant, name: "Ann" };
  await database.db.transaction((tx) => addPerson(tx, CLI, person));
  const [profile] = await rows<{ id: string }>("select id from profiles where name = 'Ann'");
  const actor = await findActor(database.db, { profileId: profile?.id ?? "", tenant: tenant.slug });
  api = proceduresFor({
    db: database.db,
    database,
    health: watchHealth(database, { version: "test" }),
    queue: createQueue(database),
    watcher: createBatchWatcher(database.db, { intervalMs: 20 }),
    actor: actor ?? null,
    actorNow: () => Promise.resolve(actor ?? null),
    isForeignTenant: false,
    webUrl: "http://dashboard.example",
    mail: null,
    webhooksKey: null,
    requestId: "supabase",
    source: "trpc",
  });
  await addLeads({ rows }, tenantId);
});
afterAll(() => database.close());

test("leads are listed, searched, exported in any order, and kept as a copy", async () => {
  const { items } = await api.leads.list({ limit: 100 });
  expect(items).toHaveLength(24);
  expect((await api.leads.list({ q: "bäckerei 1" })).items).not.toEqual([]);
  expect((await api.leads.list({ contact: "anna.maier" })).items).not.toEqual([]);
  expect((await api.search.global({ q: "lead-1" })).leads).not.toEqual([]);
  for (const order of ["domain", "newest"]) {
    const ask = {
      tenantId,
      filters: {},
      order,
      columns: ["domain"],
      until: "2100-01-01T00:00:00Z",
      since: null,
      rights: { mayReadContacts: true },
    };
    let count = 0;
    const signal = new AbortController().signal;
    for await (const chunk of readRows(database.db, listLeads as never, ask as never, signal, 7)) {
      count += chunk.length;
    }
    expect([order, count]).toEqual([order, 24]);
  }
  expect((await api.leads.changed({})).items).toHaveLength(24);
});

test("what is suppressed goes, and a copy is told so", async () => {
  const { cursor } = await api.leads.changed({});
  const { purge } = await api.suppressions.add({
    entries: ["lead-2.example", "anna.maier@lead-4.example"],
  });
  expect(purge).toMatchObject({ ended: true, removed: { domains: 1, emails: 1 } });
  const { items } = await api.leads.changed({ cursor });
  expect(items.map(({ deleted }) => deleted).toSorted()).toEqual([false, true]);
  const erased = await api.suppressions.erase({ subject: "info@lead-6.example" });
  expect(erased).toMatchObject({ ended: true, scope: "everywhere" });
});
