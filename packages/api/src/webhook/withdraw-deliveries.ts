import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { DELIVERY } from "./delivery.state.ts";

/** Said of what was on its way to a webhook that was disabled. */
const DISABLED = "disabled";

const withdrawn = defineStatement(
  `update app.webhook_deliveries set state = ${DELIVERY.to("withdraw")}, error = :error, due_at = null,
     ended_at = clock_timestamp()
   where webhook_id = :webhookId::uuid and ${DELIVERY.may("withdraw", "state")}`,
);

/** Ends what is on its way to a webhook that was disabled; it can be sent anew. */
export const withdrawDeliveries = async (tx: Tx, webhookId: string): Promise<void> =>
  void (await executeRawSql(tx, withdrawn, { webhookId, error: DISABLED }));
