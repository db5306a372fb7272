import type { AnyList } from "@scrapersky/api/lists";
import { writeFilters, type Written } from "./list-address.ts";
import type { Preset } from "./list-view.ts";

export const VIEW = "view";
/** What an address says beside the question of its list. */
const BESIDE = [VIEW, "cursor", "peek", "refused"];

/** What is kept of an address: filters and order, in an order of their own, so that equal ones read alike. */
export const queryOf = (params: URLSearchParams): string => {
  const kept = new URLSearchParams(params);
  for (const name of BESIDE) kept.delete(name);
  kept.sort();
  return kept.toString();
};

/** What a preset asks. */
export const presetQuery = (list: AnyList, preset: Preset<never>, meId: string): string => {
  const params = new URLSearchParams();
  writeFilters(list, params, preset.filters({ meId }) as Written<AnyList>);
  return queryOf(params);
};

const addressOf = (slug: string, query: string): string => {
  const params = new URLSearchParams(query);
  params.set(VIEW, slug);
  return `${location.pathname}?${params.toString()}`;
};

/** Shows a view in the address, as a step that Back undoes. */
export const showView = (slug: string, query: string): void =>
  history.pushState(null, "", addressOf(slug, query));

/** Fills in what a link asks that names a view alone. */
export const openView = (slug: string, query: string): void =>
  history.replaceState(null, "", addressOf(slug, query));
