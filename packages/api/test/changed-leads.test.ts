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
  await addLeads(world, world.tenants.near.id, { count: 5 });
  await addLeads(world, world.tenants.far.id, { count: 5 });
  const rows = await world.rows<{ id: string }>(
    "select domain_id as id from app.leads where tenant_id = :id::uuid order by domain",
    { id: world.tenants.near.id },
  );
  ids = rows.map(({ id }) => id);
});
afterAll(() => world.close());

const TOUCH =
  "update app.leads set updated_at = now(), revision = pg_current_xact_id() where domain_id = :id::uuid";

test("a program that goes on from each answer knows every lead, and each change and deletion once", async () => {
  const told: string[] = [];
  let answer = await api.leads.changed({ limit: 2 });
  for (;;) {
    told.push(...answer.items.map(({ domainId }) => domainId));
    if (!answer.more) break;
    answer = await api.leads.changed({ limit: 2, cursor: answer.cursor });
  }
  expect(told.toSorted()).toEqual(ids.toSorted());
  expect(await api.leads.changed({ cursor: answer.cursor })).toMatchObject({
    items: [],
    more: false,
  });
  await world.rows(TOUCH, { id: ids[1] });
  await world.rows("delete from app.leads where domain_id = :id::uuid", { id: ids[2] });
  await world.rows(
    "insert into app.lead_tombstones (tenant_id, domain_id) values (:tenantId::uuid, :id::uuid)",
    { tenantId: world.tenants.near.id, id: ids[2] },
  );
  expect((await api.leads.changed({ cursor: answer.cursor })).items).toEqual([
    { domainId: ids[1], deleted: false },
    { domainId: ids[2], deleted: true },
  ]);
});

test("what is committed late is told all the same, although something later was committed before it", async () => {
  let { cursor } = await api.leads.changed({});
  await world.database.db.transaction(async (early) => {
    await executeRawSql(early, TOUCH, { id: ids[3] });
    await world.rows(TOUCH, { id: ids[4] });
    // The later one waits for the earlier one, which nobody sees yet.
    const meanwhile = await api.leads.changed({ cursor });
    expect(meanwhile.items).toEqual([]);
    ({ cursor } = meanwhile);
  });
  expect((await api.leads.changed({ cursor })).items).toEqual([
    { domainId: ids[3], deleted: false },
    { domainId: ids[4], deleted: false },
  ]);
});

test("another tenant's place is refused", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  const { cursor } = await far.leads.changed({});
  await expect(api.leads.changed({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
