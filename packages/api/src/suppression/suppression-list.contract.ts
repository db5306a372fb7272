import type { AnyList, ListInput } from "../list/list.contract.ts";

/** Domains, addresses and patterns that a tenant never visits, stores or exports. */
export const SUPPRESSION_LIST = {
  name: "suppressions",
  permission: "suppressions:read",
  filters: {
    kind: { kind: "choices", words: ["domain", "email", "pattern"] },
    /** Any part of an entry. */
    q: { kind: "text", max: 254, personal: true },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type SuppressionListInput = ListInput<typeof SUPPRESSION_LIST>;
