import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { webhookDeliveries, webhooks } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { noteDisabled } from "../notification/note-disabled.ts";
import { DELIVERY } from "./delivery.state.ts";
import { judgeTry, type TryResult, type TryVerdict } from "./judge-try.ts";
import { type DisabledReason, WEBHOOK_FAILURES_MAX } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";
import { withdrawDeliveries } from "./withdraw-deliveries.ts";

export interface SentDelivery {
  deliveryId: string;
  /** Of the claim that it was sent by. */
  tries: number;
  result: TryResult;
  durationMs: number;
}

// Whoever changes a webhook holds its row and then those of its deliveries, so this does too.
const held = defineStatement(
  `select w.id, w.tenant_id, w.failures from app.webhooks w
   where w.id = (select d.webhook_id from app.webhook_deliveries d where d.id = :deliveryId::uuid) for no key update of w`,
  { id: webhooks.id, tenant_id: webhooks.tenantId, failures: webhooks.failures },
);

const fenced = defineStatement(
  `select d.tries - d.former_tries as tries, (extract(epoch from d.give_up_at - clock_timestamp()) * 1000)::float8 as left_ms
   from app.webhook_deliveries d
   where d.id = :deliveryId::uuid and d.tries = :tries::int and ${DELIVERY.may("deliver", "d.state")} for no key update of d`,
  { tries: "int4", left_ms: "float8" },
);

const noted = defineStatement(
  `insert into app.webhook_tries (delivery_id, number, at, duration_ms, status, error)
   values (:deliveryId::uuid, :number::int, clock_timestamp() - :durationMs::int * interval '1 ms', :durationMs::int, :status::int, :error)`,
);

const retried = defineStatement(
  `update app.webhook_deliveries set state = ${DELIVERY.to("retry")}, status = :status::int, error = :error,
     due_at = clock_timestamp() + :pauseMs::float8 * interval '1 ms'
   where id = :deliveryId::uuid`,
);

const ended = (move: "deliver" | "giveUp") =>
  defineStatement(
    `update app.webhook_deliveries set state = ${DELIVERY.to(move)}, status = :status::int, error = :error, due_at = null,
       ended_at = clock_timestamp()
     where id = :deliveryId::uuid`,
  );
const delivered = ended("deliver");
const givenUp = ended("giveUp");

const counted = defineStatement(
  "update app.webhooks set failures = :failures::int where id = :webhookId::uuid and failures <> :failures::int",
);

const disabled = (move: "goneAway" | "giveUp") =>
  defineStatement(
    `update app.webhooks set state = ${WEBHOOK.to(move)}, reason = :reason, updated_at = clock_timestamp()
     where id = :webhookId::uuid and ${WEBHOOK.may(move, "state")} returning id`,
    { id: webhooks.id },
  );
const disabledByGone = disabled("goneAway");
const disabledByFailures = disabled("giveUp");

const givenBack = defineStatement(
  `update app.webhook_deliveries set state = ${DELIVERY.to("giveBack")}, due_at = now()
   where id = :deliveryId::uuid and tries = :tries::int and ${DELIVERY.may("giveBack", "state")} returning id`,
  { id: webhookDeliveries.id },
);

/** What was noted; undefined where somebody else has the delivery by now, or it was withdrawn. */
export interface RecordedDelivery {
  move: TryVerdict["move"];
  webhookId: string;
  /** The webhook is told nothing more. */
  isDisabled: boolean;
}

/**
 * Writes what a try met, and what follows: taken, later once more, given up. A webhook whose receiver is gone, or that took nothing
 * too often, is disabled, and whoever may enable it is told.
 * @param chance from 0 to 1
 */
export async function recordDelivery(
  tx: Tx,
  { deliveryId, tries, result, durationMs }: SentDelivery,
  chance: number = Math.random(),
): Promise<RecordedDelivery | undefined> {
  const webhook = await executeRawSqlOne(tx, held, { deliveryId });
  const row = webhook && (await executeRawSqlOne(tx, fenced, { deliveryId, tries }));
  if (!row) return undefined;
  const verdict = judgeTry(result, { tries: row.tries, leftMs: row.left_ms, chance });
  const status = result.kind === "answered" ? result.status : null;
  const error = verdict.move === "deliver" ? null : verdict.error;
  await executeRawSql(tx, noted, { deliveryId, number: tries, durationMs, status, error });
  const what = { deliveryId, status, error };
  if (verdict.move === "retry") {
    await executeRawSql(tx, retried, { ...what, pauseMs: verdict.pauseMs });
    return { move: "retry", webhookId: webhook.id, isDisabled: false };
  }
  await executeRawSql(tx, verdict.move === "deliver" ? delivered : givenUp, what);
  const isDisabled = await countResult(tx, webhook, verdict.move);
  return { move: verdict.move, webhookId: webhook.id, isDisabled };
}

async function countResult(
  tx: Tx,
  webhook: { id: string; tenant_id: string; failures: number },
  move: "deliver" | "giveUp" | "goneAway",
): Promise<boolean> {
  const failures = move === "deliver" ? 0 : webhook.failures + 1;
  await executeRawSql(tx, counted, { webhookId: webhook.id, failures });
  if (move === "goneAway") return disable(tx, webhook, "gone");
  if (failures < WEBHOOK_FAILURES_MAX) return false;
  return disable(tx, webhook, "failing");
}

async function disable(
  tx: Tx,
  { id: webhookId, tenant_id: tenantId }: { id: string; tenant_id: string },
  reason: Exclude<DisabledReason, "asked">,
): Promise<boolean> {
  const rows = await executeRawSql(tx, reason === "gone" ? disabledByGone : disabledByFailures, {
    webhookId,
    reason,
  });
  if (rows.length === 0) return false;
  await withdrawDeliveries(tx, webhookId);
  await noteDisabled(tx, { tenantId, webhookId });
  await recordAudit(
    tx,
    { actor: null, source: "worker" },
    {
      action: "webhooks.disable",
      targetType: "webhook",
      targetId: webhookId,
      tenantId,
      detail: { reason },
    },
  );
  return true;
}

/** Gives a delivery back that may have been received: it is sent again, with the same id. */
export const releaseDelivery = async (
  tx: Tx,
  { deliveryId, tries }: Pick<SentDelivery, "deliveryId" | "tries">,
): Promise<boolean> => (await executeRawSql(tx, givenBack, { deliveryId, tries })).length > 0;
