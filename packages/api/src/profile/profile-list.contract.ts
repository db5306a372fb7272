import type { AnyList, ListInput } from "../list/list.contract.ts";

/** The people of a tenant. */
export const PROFILE_LIST = {
  name: "profiles",
  permission: "profiles:read",
  filters: { active: { kind: "flag" } },
  orders: { oldest: [] },
} as const satisfies AnyList;
export type ProfileListInput = ListInput<typeof PROFILE_LIST>;
