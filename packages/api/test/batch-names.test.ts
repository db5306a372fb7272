import { afterAll, beforeAll, expect, test } from "vitest";
import { listStoredJobs } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

const NAMES = [
  "batch_20250512_0001",
  "import of May, 50 %/2",
  "{6CDF2CC0-74AF-4E76-9E14-CBD48E99FDB3}",
];

async function createNamedBatch() {
  const { near, far } = world.tenants;
  const api = await world.caller(near, "operator");
  const { batchId } = await api.batches.create({ domains: ["one.example", "two.example"] });
  await world.rows("delete from app.batch_names");
  for (const name of NAMES) {
    await world.rows(
      "insert into app.batch_names (tenant_id, name, batch_id) values (:tenant::uuid, :name, :batchId::uuid)",
      { tenant: near.id, name, batchId },
    );
  }
  return { api, batchId, other: await world.caller(far, "operator") };
}

/** Jobs of the batch as REST lists them. */
const listRecords = (batchId: string) =>
  listStoredJobs(world.database.db, world.tenants.near.id, { batchId, limit: 100 });

test.each(NAMES)(
  "a batch is found by what the first system called it, wherever one is named: %s",
  async (name) => {
    const { api, batchId } = await createNamedBatch();
    const input = { batchId: name };
    expect(await api.batches.byId(input)).toMatchObject({ batchId, total: 2 });
    expect((await api.batches.domainStatuses(input)).batch).toMatchObject({ batchId });
    expect((await api.jobs.list({ ...input, order: "batch" })).items).toHaveLength(2);
    expect((await api.jobs.list({ ...input, order: "newest" })).items).toHaveLength(2);
    expect((await listRecords(name)).items).toHaveLength(2);
    const progress = await firstOf(await api.batches.onProgress(input));
    // Without HTTP the envelope arrives as it is: id, data, mark.
    expect(progress).toMatchObject({ 1: { batchId } });
    expect(await api.batches.cancel(input)).toMatchObject({ batchId, status: "cancelled" });
  },
);

test("the name counts in its tenant only, letter by letter", async () => {
  const { api, other } = await createNamedBatch();
  const [name = ""] = NAMES;
  await expect(other.batches.byId({ batchId: name })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await other.jobs.list({ batchId: name })).items).toEqual([]);
  for (const batchId of [name.toUpperCase(), `${name} `, "", "batch_that_never_was"]) {
    await expect(api.batches.byId({ batchId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listRecords(batchId)).items).toEqual([]);
  }
});

async function firstOf<T>(values: AsyncIterable<T>): Promise<T | undefined> {
  for await (const value of values) return value;
  return undefined;
}
