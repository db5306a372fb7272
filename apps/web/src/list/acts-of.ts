import type { ActWords, ListActs } from "./list-act.ts";

const loaded = new WeakMap<ListActs<never>, Promise<ActWords<never>>>();

/** The acts of a list, loaded once; asked for again where they could not be. */
export const actsOf = (acts: ListActs<never>): Promise<ActWords<never>> => {
  const known = loaded.get(acts);
  if (known !== undefined) return known;
  const loading = acts.load();
  loaded.set(acts, loading);
  loading.catch(() => loaded.delete(acts));
  return loading;
};
