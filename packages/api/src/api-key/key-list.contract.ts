import type { AnyList, ListInput } from "../list/list.contract.ts";

/** Keys of programs, of the tenant's people and of its service accounts. */
export const KEY_LIST = {
  name: "keys",
  permission: "apikeys:read",
  filters: {
    state: { kind: "choices", words: ["working", "expired", "revoked"] },
    holder: { kind: "choices", words: ["person", "service"] },
    /** Any part of the name. */
    q: { kind: "text", max: 100 },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type KeyListInput = ListInput<typeof KEY_LIST>;
