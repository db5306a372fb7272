import { auditLog } from "@scrapersky/db/schema";
import { isNull } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import type { AnyList } from "../list/list.contract.ts";
import { AUDIT_LIST } from "./audit-list.contract.ts";
import { listAudit } from "./list-audit.ts";
import { readAudit, toAuditRow } from "./read-audit.ts";

/** What belongs to no tenant: commands about the platform, and sign-ins with addresses that nobody has. */
const PLATFORM_AUDIT = {
  name: "audit of the platform",
  permission: "platform:db.read",
  filters: AUDIT_LIST.filters,
  orders: AUDIT_LIST.orders,
} as const satisfies AnyList;

const { id, from, where, orders } = listAudit.rows;

/** Rows of no tenant, whoever of the platform's staff asks: the index on (tenant_id, id) gives these pages too. */
export const listPlatformAudit = defineList(PLATFORM_AUDIT, {
  rows: { tenant: () => isNull(auditLog.tenantId), id, from, where, orders },
  read: readAudit,
  toItem: toAuditRow,
});
