import { app } from "./app.ts";
import { xid8 } from "./xid8.ts";

/** Transactions in which rows of the audit log may be changed or deleted: of an erasure, or of retention. */
export const auditOpenings = app.table("audit_openings", {
  transaction: xid8("transaction").primaryKey(),
});
