import { DomainError } from "../errors/domain-error.ts";
import type { WebhookState } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";

/** @throws DomainError INVALID_STATE `WEBHOOK_DISABLED` */
export function requireActive<Row extends { state: WebhookState }>(row: Row): Row {
  if (WEBHOOK.can("disable", row.state)) return row;
  throw new DomainError("INVALID_STATE", "This webhook is disabled. Enable it first.", {
    errorCode: "WEBHOOK_DISABLED",
  });
}
