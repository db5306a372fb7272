import { afterAll, beforeAll, expect, test } from "vitest";
import { CELL_LENGTH_MAX, COLUMNS_MAX, type Procedures } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

// Nothing of a list is cut without a word.

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

/** A list of so many columns, of which one cell has so many characters. */
function listOf(columns: number, characters: number, domain = "acme.example"): string[][] {
  const others = Array.from({ length: columns - 2 }, (_, at) => `Column ${at}`);
  const cells = others.map(() => "x");
  return [
    ["Website", "Note", ...others],
    [domain, "ü".repeat(characters), ...cells],
  ];
}

test.each([
  [COLUMNS_MAX, CELL_LENGTH_MAX, undefined],
  [COLUMNS_MAX + 2, CELL_LENGTH_MAX, { columns: 2, cells: 0 }],
  [COLUMNS_MAX, CELL_LENGTH_MAX + 1, { columns: 0, cells: 1 }],
  [COLUMNS_MAX + 1, CELL_LENGTH_MAX + 1, { columns: 1, cells: 1 }],
])("of %i columns and a cell of %i characters %o is told as cut", async (columns, length, cut) => {
  const rows = listOf(columns, length);
  expect((await api.batches.validate({ rows })).cut).toEqual(cut);
  const created = await api.batches.create({ rows });
  expect(created.cut).toEqual(cut);
  const more = listOf(columns, length, "more.example");
  const appended = await api.batches.append({ batchId: created.batchId, rows: more });
  expect([appended.jobCount, appended.cut]).toEqual([1, cut]);
});

test("a repeated call is told of the cut again", async () => {
  const call = { rows: listOf(COLUMNS_MAX + 1, 1), idempotencyKey: "cut" };
  const { cut } = await api.batches.create(call);
  expect(await api.batches.create(call)).toMatchObject({ cut, replayed: true });
});

test("a door that takes fewer lines says how many", async () => {
  const rows = ["a.example", "b.example"];
  await expect(api.batches.create({ rows, linesMax: 2 })).resolves.toMatchObject({ jobCount: 2 });
  await expect(api.batches.create({ rows, linesMax: 1 })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: "A batch takes at most 1 lines.",
  });
});
