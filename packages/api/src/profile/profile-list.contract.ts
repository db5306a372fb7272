import { flag, listContract, type ListInput } from "../list/list.contract.ts";

/** The people of a tenant. */
export const PROFILE_LIST = listContract({
  name: "profiles",
  permission: "profiles:read",
  filters: { active: flag() },
  orders: { oldest: [] },
});
export type ProfileListInput = ListInput<typeof PROFILE_LIST>;
