import { afterAll, beforeAll, expect, test } from "vitest";
import { FILTER_WORDS_MAX } from "../src/contract.ts";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id);
});
afterAll(() => world.close());

test.each(["İstanbul", "ΣΟΦΟΣ", "ÖHRINGEN", "ẞtadt"])(
  "a lead of %s is found by the value that its facet offers, in whatever letters it is kept",
  async (word) => {
    await world.rows(
      `update app.leads set town = :word, region = :word, technology_names = array[:word::text], business_name = :word
       where domain = 'lead-1.example'`,
      { word },
    );
    await world.rows("update pages set title = :word where url = 'https://lead-1.example/'", {
      word,
    });
    const { facets } = await api.leads.facets({ q: "lead-1.example" });
    const [town, region, technology] = [facets.town, facets.region, facets.technology].map(
      (values) => values.map(({ value }) => value),
    );
    expect([town, region, technology]).toEqual([[word], [word], [word]]);
    for (const filters of [{ town }, { region }, { technology }, { q: word }]) {
      const { items } = await api.leads.list(filters);
      expect(items.map(({ domain }) => domain)).toEqual(["lead-1.example"]);
      expect(await api.leads.count(filters)).toEqual({ value: 1, exact: true });
    }
    expect((await api.pages.list({ title: word })).items).toHaveLength(1);
  },
);

test("a filter takes some words, and neither none nor more than the database is asked for at once", async () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`);
  const refused = { code: "BAD_REQUEST" };
  for (const name of ["town", "technology", "noTechnology", "category", "label"] as const) {
    await expect(api.leads.list({ [name]: words(FILTER_WORDS_MAX) })).resolves.toBeDefined();
    await expect(api.leads.list({ [name]: words(FILTER_WORDS_MAX + 1) })).rejects.toMatchObject(
      refused,
    );
    await expect(api.leads.count({ [name]: [] })).rejects.toMatchObject(refused);
  }
  const failed = (length: number) => ({ status: Array.from({ length }, () => "failed" as const) });
  await expect(
    api.jobs.list({ ...failed(FILTER_WORDS_MAX), errorCode: words(FILTER_WORDS_MAX) }),
  ).resolves.toMatchObject({ items: [] });
  await expect(api.jobs.list(failed(FILTER_WORDS_MAX + 1))).rejects.toMatchObject(refused);
  await expect(api.jobs.list(failed(0))).rejects.toMatchObject(refused);
});

test("a time that the database cannot read is the caller's mistake", async () => {
  for (const scannedSince of [
    "2026-11-01T00:00:00+15:59",
    "0001-01-01T00:00:00+15:59",
    "9999-12-31T23:59:59.999999999-15:59",
    "2024-02-29",
    "2026-11-01T09:00Z",
  ])
    await expect(api.leads.list({ scannedSince })).resolves.toBeDefined();
  for (const scannedSince of [
    "2026-11-01T00:00:00+16:00",
    "0000-01-01",
    "10000-01-01",
    "2026-02-29",
    "2026-11-01T24:00:00Z",
    "2026-11-01T09:00:00",
  ])
    await expect(api.leads.list({ scannedSince })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
