import { existsSync } from "node:fs";
import { FEATURES } from "@scrapersky/api/contract";
import { expect, it } from "vitest";
import { GALLERY_VIEWS } from "../gallery/views.ts";
import { placeAt, placesOf } from "./navigation.ts";

type Entry = Parameters<typeof placesOf>[0][number];

const entry = (name: string, urlPath: string, children: Entry[] = []): Entry => ({
  name,
  urlPath,
  group: null,
  children,
});

it("shows the overview by permission and the rest as the server orders it", () => {
  const tree = [entry("People", "/profiles"), entry("Work", "/work", [entry("Jobs", "/jobs")])];
  expect(placesOf(tree, ["overview:read"]).map(({ label }) => label)).toEqual([
    "Overview",
    "People",
    "Jobs",
  ]);
  expect(placesOf(tree, []).map(({ path }) => path)).toEqual(["/profiles", "/jobs"]);
});

it("marks the entry of the page and of the pages below it, and no neighbour", () => {
  const places = placesOf([entry("Jobs", "/jobs")], ["overview:read"]);
  expect(placeAt(places, "/t/a/jobs/1", "/t/a")?.path).toBe("/jobs");
  expect(placeAt(places, "/t/a", "/t/a")?.path).toBe("");
  expect(placeAt(places, "/t/a/jobs-archive", "/t/a")).toBeUndefined();
});

it("marks the leads on the page of a business, where there are any", () => {
  const leads = { label: "Leads", path: "/leads", group: null };
  expect(placeAt([leads], "/t/a/domains/1", "/t/a")).toBe(leads);
  expect(placeAt([], "/t/a/domains/1", "/t/a")).toBeUndefined();
});

it.each(FEATURES)(
  "leads from the entry $name to a page, which the gallery draws",
  ({ urlPath }) => {
    const page = new URL(`../app/t/[slug]${urlPath}/page.tsx`, import.meta.url);
    expect(existsSync(page)).toBe(true);
    expect(GALLERY_VIEWS).toContain(urlPath.slice(1));
  },
);
