import { webhooks } from "@scrapersky/db/schema";
import { eq, inArray, sql } from "drizzle-orm";
import { containsFolded } from "../list/contains.ts";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { WEBHOOK_LIST } from "./webhook-list.contract.ts";
import { toWebhook, WEBHOOK_COLUMNS } from "./webhook-row.ts";

/** The index on (tenant_id, created_at, id) gives the page. */
export const listWebhooks = defineList(WEBHOOK_LIST, {
  rows: {
    tenant: webhooks.tenantId,
    id: webhooks.id,
    from: (select) => select.from(webhooks),
    where: {
      state: (states) => inArray(webhooks.state, states),
      q: (part) => containsFolded(sql`lower(${webhooks.url})`, part),
    },
    orders: { newest: descending(webhooks.createdAt, webhooks.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...WEBHOOK_COLUMNS })
      .from(page)
      .innerJoin(webhooks, eq(webhooks.id, page.id)),
  toItem: toWebhook,
});
