import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
let ids: string[];
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id, { count: 6 });
  await addLeads(world, world.tenants.far.id, { count: 5 });
  const rows = await world.rows<{ id: string }>(
    "select domain_id as id from app.leads where tenant_id = :id::uuid order by domain",
    { id: world.tenants.near.id },
  );
  ids = rows.map(({ id }) => id);
});
afterAll(() => world.close());

const TOUCH = "update app.leads set note = 'touched' where domain_id = :id::uuid";

const told = ({ items }: { items: { domainId: string; deleted: boolean }[] }) =>
  items.map(({ domainId, deleted }) => [domainId, deleted]);

test("a program that goes on from each answer is told every lead as the list tells it, and each change and deletion once", async () => {
  const { items } = await api.leads.list({});
  const copy: unknown[] = [];
  let answer = await api.leads.changed({ limit: 2 });
  for (;;) {
    copy.push(...answer.items.map(({ lead }) => lead));
    if (!answer.more) break;
    answer = await api.leads.changed({ limit: 2, cursor: answer.cursor });
  }
  expect(copy).toHaveLength(items.length);
  expect(copy).toEqual(expect.arrayContaining(items));
  expect(await api.leads.changed({ cursor: answer.cursor })).toMatchObject({
    items: [],
    more: false,
  });
  await world.rows(TOUCH, { id: ids[1] });
  await world.rows("delete from app.leads where domain_id = :id::uuid", { id: ids[2] });
  expect(told(await api.leads.changed({ cursor: answer.cursor }))).toEqual([
    [ids[1], false],
    [ids[2], true],
  ]);
});

test("a domain that its owner's SQL deletes is told as gone, and once however often its rows changed before", async () => {
  const { cursor } = await api.leads.changed({});
  await world.rows(TOUCH, { id: ids[0] });
  await world.rows("delete from pages where domain_id = :id::uuid", { id: ids[0] });
  await world.rows("delete from domains where id = :id::uuid", { id: ids[0] });
  expect(told(await api.leads.changed({ cursor }))).toEqual([[ids[0], true]]);
  const [row] = await world.rows<{ n: number }>(
    "select count(*)::int as n from app.lead_tombstones where domain_id = :id::uuid and email_id is null",
    { id: ids[0] },
  );
  expect(row).toEqual({ n: 1 });
});

test("what is committed late is told all the same, although something later was committed before it", async () => {
  let { cursor } = await api.leads.changed({});
  let begunBetween = "";
  await world.database.db.transaction(async (early) => {
    await executeRawSql(early, TOUCH, { id: ids[3] });
    await world.rows(TOUCH, { id: ids[4] });
    // The later one waits for the earlier one, which nobody sees yet.
    const meanwhile = await api.leads.changed({ cursor });
    expect(meanwhile.items).toEqual([]);
    ({ cursor } = meanwhile);
    // Whoever begins by a time in between misses neither.
    const since = await api.leads.changed({ updatedSince: new Date().toISOString() });
    expect(told(since)).not.toContainEqual([ids[4], false]);
    begunBetween = since.cursor;
  });
  expect(told(await api.leads.changed({ cursor: begunBetween }))).toEqual([
    [ids[3], false],
    [ids[4], false],
  ]);
  expect(told(await api.leads.changed({ cursor }))).toEqual([
    [ids[3], false],
    [ids[4], false],
  ]);
});

test("a time begins with what was written or deleted since, and a little before", async () => {
  await world.rows("alter table app.leads disable trigger leads_written");
  await world.rows(
    "update app.leads set updated_at = now() - interval '1 day', revision = '3' where domain_id = :id::uuid",
    { id: ids[5] },
  );
  await world.rows("alter table app.leads enable trigger leads_written");
  const since = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const all = told(await api.leads.changed({}));
  expect(all).toContainEqual([ids[5], false]);
  expect(told(await api.leads.changed({ updatedSince: since(48) }))).toEqual(all);
  expect(told(await api.leads.changed({ updatedSince: since(1) }))).toEqual(
    all.filter(([id]) => id !== ids[5]),
  );
  const { items, cursor } = await api.leads.changed({ updatedSince: since(-48) });
  expect(items).toEqual([]);
  await world.rows(TOUCH, { id: ids[5] });
  expect(told(await api.leads.changed({ cursor }))).toEqual([[ids[5], false]]);
});

test("whoever may not read contacts is told no address and no number", async () => {
  const viewer = await world.caller(world.tenants.near, "viewer");
  const answers = await Promise.all([viewer.leads.changed({}), api.leads.changed({})]);
  const reach = answers.map(({ items }) =>
    items.flatMap(({ lead }) => [lead?.bestEmail ?? [], lead?.bestPhone ?? []]).flat(),
  );
  expect(reach[0]).toEqual([]);
  expect(reach[1]).not.toEqual([]);
});

test("another tenant's place is refused", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  const { cursor } = await far.leads.changed({});
  await expect(api.leads.changed({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

/** A program that keeps a copy, until it is told to make a last round. */
async function keepCopy(isOver: () => boolean): Promise<Map<string, unknown>> {
  const copy = new Map<string, unknown>();
  let cursor: string | undefined;
  for (let isLast = false; !isLast;) {
    isLast = isOver();
    for (let more = true; more;) {
      const answer = await api.leads.changed({ limit: 7, cursor });
      for (const item of answer.items) {
        if (item.deleted) copy.delete(item.domainId);
        else copy.set(item.domainId, item.lead);
      }
      ({ cursor, more } = answer);
    }
  }
  return copy;
}

test("a copy that is kept while others write, roll back and delete ends as exactly what is there", async () => {
  const { db } = world.database;
  await addLeads(world, world.tenants.near.id, { count: 60, first: 100 });
  const write = async (writer: number): Promise<void> => {
    for (let round = 0; round < 15; round++) {
      await db
        .transaction(async (tx) => {
          const own = { writer, round, tenantId: world.tenants.near.id };
          await executeRawSql(
            tx,
            `update app.leads set town = 'Town ' || :writer || '.' || :round
             where domain_id in (select domain_id from app.leads
               where tenant_id = :tenantId::uuid and hashtext(domain) % 6 = :writer and hashtext(domain) % 5 = :round % 5
               order by domain_id for no key update)`,
            own,
          );
          await executeRawSql(
            tx,
            `with made as (
               insert into domains (tenant_id, domain) values (:tenantId::uuid, 'w' || :writer || '-' || :round || '.example') returning id, domain
             )
             insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan)
             select id, :tenantId::uuid, domain, domain, now(), now() from made`,
            own,
          );
          await executeRawSql(
            tx,
            `delete from domains where tenant_id = :tenantId::uuid and domain = 'w' || :writer || '-' || (:round - 3)`,
            own,
          );
          if (round % 4 === 3) throw new Error("rolled back");
        })
        .catch((error: unknown) => {
          if (!(error instanceof Error && error.message === "rolled back")) throw error;
        });
    }
  };
  let isOver = false;
  const kept = keepCopy(() => isOver);
  await Promise.all([0, 1, 2, 3, 4, 5].map(write));
  isOver = true;
  const copy = await kept;
  const there = new Map<string, unknown>();
  for (let cursor: string | undefined; ;) {
    const page = await api.leads.list({ limit: 200, cursor });
    for (const item of page.items) there.set(item.domainId, item);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(there.size).toBeGreaterThan(100);
  expect(copy).toEqual(there);
});
