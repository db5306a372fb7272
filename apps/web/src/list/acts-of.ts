import { persist } from "#ui/late.ts";
import type { ActWords, ListActs } from "./list-act.ts";

const loaded = new WeakMap<ListActs<never>, Promise<ActWords<never>>>();

/** The acts of a list, loaded once. */
export const actsOf = (acts: ListActs<never>): Promise<ActWords<never>> => {
  const known = loaded.get(acts);
  if (known !== undefined) return known;
  const loading = persist(acts.load);
  loaded.set(acts, loading);
  return loading;
};
