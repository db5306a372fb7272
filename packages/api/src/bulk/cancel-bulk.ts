import type { Tx } from "@scrapersky/db";
import type { Caller } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import type { BulkAction, BulkStatus } from "./bulk.contract.ts";
import { BULK } from "./bulk.state.ts";
import { endBulk } from "./end-bulk.ts";
import { getBulkAction } from "./get-bulk-action.ts";
import { holdBulkAction } from "./hold-bulk-action.ts";

/**
 * Ends a bulk action; what it did stays, and what it has not come to is left as it is. One that is over is answered as it is.
 * @throws DomainError NOT_FOUND; FORBIDDEN for who may not do what it does
 */
export async function cancelBulk(tx: Tx, caller: Caller, id: string): Promise<BulkAction> {
  const row = await holdBulkAction(tx, caller.actor, id);
  if (BULK.can("cancel", row.status as BulkStatus)) {
    await endBulk(tx, caller, row, { move: "cancel", as: "bulk.cancel" });
  }
  return getBulkAction(tx, contactReaderOf(caller.actor), row.id);
}
