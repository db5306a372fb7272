"use client";

import { AUDIT_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { EmptyState } from "#ui/states.tsx";
import { AUDIT_COLUMNS, OUTCOMES } from "./audit-columns.tsx";

const AUDIT: ListView<typeof AUDIT_LIST> = {
  list: AUDIT_LIST,
  labels: {
    one: "entry",
    many: "entries",
    filters: {
      outcome: { by: "outcome", looks: OUTCOMES, inSight: true },
      action: { by: "action" },
      actor: { by: "who (id)" },
      targetId: { by: "target (id)" },
      from: { by: "from" },
      to: { by: "until" },
    },
  },
  title: "Audit",
  told: [
    { filters: { outcome: ["refused"] }, words: "refused" },
    { filters: { outcome: ["failed"] }, words: "failed" },
  ],
  rowKey: ({ auditId }) => auditId,
  columns: AUDIT_COLUMNS,
};

/** Who did what, who was refused, and who signed in. */
export function AuditView() {
  return <ListPage view={AUDIT} empty={<EmptyState title="Nothing has happened yet" />} />;
}
