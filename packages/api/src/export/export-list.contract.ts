import type { AnyList, ListInput } from "../list/list.contract.ts";

/** What was exported of a tenant's lists, and by whom. */
export const EXPORT_LIST = {
  name: "exports",
  permission: "export:read",
  filters: {
    list: { kind: "words", max: 20 },
    status: { kind: "choices", words: ["running", "complete", "abandoned", "failed"] },
  },
  orders: { newest: [] },
  facets: ["list", "status"],
} as const satisfies AnyList;
export type ExportListInput = ListInput<typeof EXPORT_LIST>;
