import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Procedures, proceduresFor } from "../src/index.ts";
import {
  PREFERENCE_WORDS_MAX,
  PREFERENCES_MAX,
  VIEW_NAME_LENGTH_MAX,
  VIEW_QUERY_LENGTH_MAX,
  VIEWS_MAX,
} from "../src/contract.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let owner: Procedures;
let operator: Procedures;
let viewer: Procedures;
beforeAll(async () => {
  world = await createWorld();
  owner = await world.caller(world.tenants.near, "owner");
  operator = await world.caller(world.tenants.near, "operator");
  viewer = await world.caller(world.tenants.near, "viewer");
});
afterAll(() => world.close());
beforeEach(() => world.rows("delete from app.saved_views"));

const view = { list: "leads", name: "Shops of Ohio", query: "region=Ohio", shared: false };
const namesOf = async (api: Procedures, list = "leads") =>
  (await api.views.of({ list })).map(({ name }) => name);

test("a private view is its maker's alone, a shared one everybody's in the tenant and nobody's beyond", async () => {
  await owner.views.create(view);
  await owner.views.create({ ...view, name: "For all", shared: true });
  expect(await namesOf(owner)).toEqual(["For all", "Shops of Ohio"]);
  expect(await namesOf(viewer)).toEqual(["For all"]);
  expect(await namesOf(viewer, "jobs")).toEqual([]);
  const far = await world.caller(world.tenants.far, "owner");
  expect(await namesOf(far)).toEqual([]);
  expect((await viewer.views.of({ list: "leads" }))[0]).toMatchObject({
    mine: false,
    shared: true,
  });
});

test("sharing is a right, at the beginning and later, and so is changing what others share", async () => {
  const refused = { code: "FORBIDDEN" };
  await expect(viewer.views.create({ ...view, shared: true })).rejects.toMatchObject(refused);
  const own = await viewer.views.create(view);
  const next = { viewId: own.viewId, expectedUpdatedAt: own.updatedAt };
  await expect(viewer.views.update({ ...next, patch: { shared: true } })).rejects.toMatchObject(
    refused,
  );
  await expect(owner.views.delete(own)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { viewId } = await owner.views.create({ ...view, shared: true });
  await expect(viewer.views.delete({ viewId })).rejects.toMatchObject(refused);
  await expect(operator.views.delete({ viewId })).resolves.toEqual({ deleted: true });
});

test("two of one name get slugs of their own, also when they are kept at once", async () => {
  const kept = await Promise.all([owner, operator, viewer].map((api) => api.views.create(view)));
  expect(kept.map(({ slug }) => slug).toSorted()).toEqual([
    "shops-of-ohio",
    "shops-of-ohio-2",
    "shops-of-ohio-3",
  ]);
});

test("a change of what was changed meanwhile is refused, and a slug outlives its name", async () => {
  const first = await owner.views.create(view);
  const next = { viewId: first.viewId, expectedUpdatedAt: first.updatedAt };
  const second = await owner.views.update({ ...next, patch: { name: "Ohio" } });
  expect(second).toMatchObject({ name: "Ohio", slug: first.slug, query: view.query });
  await expect(owner.views.update({ ...next, patch: { name: "Late" } })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test.each([
  ["asks for an address", { name: "One", query: "contact=anna%40bakery.example" }],
  ["asks by a filter of people", { name: "One", query: "contact=anna" }],
  ["is called by an address", { name: "anna@bakery.example", query: "" }],
  ["is called by a number", { name: "Call +1 614 555 0188", query: "" }],
])("a shared view that %s is kept from who may not read contacts", async (_what, told) => {
  await owner.views.create({ ...view, ...told, shared: true });
  expect(await namesOf(operator)).toEqual([told.name]);
  expect(await namesOf(viewer)).toEqual([]);
});

test("whoever may not see a list has no views of it, and a list that is none has nobody", async () => {
  await expect(viewer.views.of({ list: "contacts" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(viewer.views.create({ ...view, list: "contacts" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(owner.views.of({ list: "secrets" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("views end at their limits and not before", async () => {
  const longest = {
    ...view,
    name: "n".repeat(VIEW_NAME_LENGTH_MAX),
    query: "q".repeat(VIEW_QUERY_LENGTH_MAX),
  };
  for (let kept = 0; kept < VIEWS_MAX; kept++) await owner.views.create(longest);
  await expect(owner.views.create(longest)).rejects.toMatchObject({
    message: `You keep ${VIEWS_MAX} views of this list. Delete one first.`,
  });
  await expect(operator.views.create(longest)).resolves.toBeTruthy();
  for (const beyond of [
    { name: `${longest.name}n` },
    { query: `${longest.query}q` },
    { name: " " },
  ]) {
    await expect(viewer.views.create({ ...view, ...beyond })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  }
});

test("a preference is kept a person, in all of their tenants, until it is taken back", async () => {
  const key = "columns.leads";
  expect(await owner.profiles.preferences.get({ key })).toEqual({ key, value: null });
  await owner.profiles.preferences.set({ key, value: ["name", "email"] });
  await owner.profiles.preferences.set({ key, value: ["name", "town"] });
  expect(await owner.profiles.preferences.get({ key })).toEqual({ key, value: ["name", "town"] });
  expect((await viewer.profiles.preferences.get({ key })).value).toBeNull();
  await owner.profiles.preferences.set({ key, value: null });
  expect((await owner.profiles.preferences.get({ key })).value).toBeNull();
});

test("preferences end at their limits and not before", async () => {
  const set = (key: string, words = 1) =>
    operator.profiles.preferences.set({ key, value: Array(words).fill("word") });
  const keyOf = (at: number): string =>
    `columns.${String.fromCharCode(97 + Math.floor(at / 26))}${String.fromCharCode(97 + (at % 26))}`;
  for (let at = 0; at < PREFERENCES_MAX; at++) await set(keyOf(at), PREFERENCE_WORDS_MAX);
  await expect(set(keyOf(PREFERENCES_MAX))).rejects.toMatchObject({
    message: `At most ${PREFERENCES_MAX} wishes are kept a person.`,
  });
  await expect(set(keyOf(0))).resolves.toBeTruthy();
  await expect(set(keyOf(0), PREFERENCE_WORDS_MAX + 1)).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  await expect(set("Columns of leads")).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a program keeps no wishes and no views, and sees those that are shared", async () => {
  const person = await world.actor(world.tenants.near, "owner");
  const actor = { ...person, kind: "service account" as const, id: randomUUID() };
  const program = proceduresFor(world.context({ actor }));
  const refused = { code: "FORBIDDEN" };
  await expect(program.views.create(view)).rejects.toMatchObject(refused);
  const wish = { key: "columns.leads", value: ["name"] };
  await expect(program.profiles.preferences.set(wish)).rejects.toMatchObject(refused);
  await owner.views.create({ ...view, shared: true });
  expect(await namesOf(program)).toEqual([view.name]);
});
