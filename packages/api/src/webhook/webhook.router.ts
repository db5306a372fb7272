import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { createWebhook } from "./create-webhook.ts";
import { deleteWebhook } from "./delete-webhook.ts";
import { disableWebhook } from "./disable-webhook.ts";
import { enableWebhook } from "./enable-webhook.ts";
import { getDelivery } from "./get-delivery.ts";
import { getWebhook } from "./get-webhook.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { replayDelivery, replayFailed } from "./replay-deliveries.ts";
import { rotateWebhook } from "./rotate-webhook.ts";
import { testWebhook } from "./test-webhook.ts";
import { updateWebhook } from "./update-webhook.ts";
import {
  deliveryIdInput,
  replayFailedInput,
  webhookCreateInput,
  webhookIdInput,
  webhookRotateInput,
  webhookTestInput,
  webhookUpdateInput,
} from "./webhook.contract.ts";

const managing = permitted("webhooks:manage");

export const webhookRouter = router({
  list: listProcedure(listWebhooks),
  count: countProcedure(listWebhooks),

  byId: permitted("webhooks:read")
    .input(webhookIdInput)
    .query(({ ctx, input }) => getWebhook(ctx.db, ctx.actor.tenantId, input.webhookId)),

  /** The secret is told in this answer alone. */
  create: managing
    .input(webhookCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createWebhook(tx, ctx, input))),

  update: managing
    .input(webhookUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateWebhook(tx, ctx, input))),

  /** Another secret, which is told in this answer alone. */
  rotate: managing
    .input(webhookRotateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => rotateWebhook(tx, ctx, input))),

  test: managing
    .input(webhookTestInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => testWebhook(tx, ctx, input))),

  enable: managing
    .input(webhookIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => enableWebhook(tx, ctx, input.webhookId)),
    ),

  disable: managing
    .input(webhookIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => disableWebhook(tx, ctx, input.webhookId)),
    ),

  delete: managing
    .input(webhookIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => deleteWebhook(tx, ctx, input.webhookId)),
    ),
});

/** What was sent, and what is on its way. */
export const deliveryRouter = router({
  list: listProcedure(listDeliveries),
  count: countProcedure(listDeliveries),

  byId: permitted("webhooks:read")
    .input(deliveryIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getDelivery(tx, ctx.actor.tenantId, input.deliveryId),
        ONE_SNAPSHOT,
      ),
    ),

  replay: managing
    .input(deliveryIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => replayDelivery(tx, ctx, input.deliveryId)),
    ),

  replayFailed: managing
    .input(replayFailedInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => replayFailed(tx, ctx, input))),
});
