import type { AnyList, ListInput } from "../list/list.contract.ts";

/** Who did what in the tenant, who was refused, and who signed in. */
export const AUDIT_LIST = {
  name: "audit",
  permission: "audit:read",
  filters: {
    outcome: { kind: "choices", words: ["done", "refused", "failed"] },
    /** As procedures are called: `batches.create`; `batches` stands for all of that noun. */
    action: { kind: "words", max: 60 },
    /** Id of a person or a service account. */
    actor: { kind: "words", max: 100 },
    targetId: { kind: "words", max: 100 },
    from: { kind: "time" },
    to: { kind: "time" },
  },
  orders: { newest: [] },
  columns: {
    at: { header: "At", kind: "time" },
    actor: { header: "Who", kind: "text" },
    action: { header: "Action", kind: "text" },
    outcome: { header: "Outcome", kind: "text" },
    count: { header: "Times", kind: "number" },
    targetType: { header: "Of", kind: "text" },
    targetId: { header: "Id", kind: "text", personal: true },
    source: { header: "By way of", kind: "text" },
    requestId: { header: "Request", kind: "text" },
    detail: { header: "Details", kind: "text", personal: true },
  },
} as const satisfies AnyList;
export type AuditListInput = ListInput<typeof AUDIT_LIST>;
