import { expression, nullable } from "@scrapersky/db";
import { profiles, serviceAccounts, webhooks } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { type PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import type { RowOf } from "../list/row-of.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { Webhook, WebhookEvent } from "./webhook.contract.ts";

const query = new QueryBuilder();

/** A person's or a program's name, by one step into an index. */
const nameOf = (id: PgColumn) =>
  expression(nullable("text"))`coalesce(
    (${query.select({ name: profiles.name }).from(profiles).where(eq(profiles.id, id))}),
    (${query
      .select({ name: SERVICE_NAME.as("name") })
      .from(serviceAccounts)
      .where(eq(serviceAccounts.id, id))})
  )`;

export const WEBHOOK_COLUMNS = {
  webhookId: webhooks.id,
  url: webhooks.url,
  events: webhooks.events,
  state: webhooks.state,
  reason: webhooks.reason,
  formerUntil: expression(
    nullable("timestamptz"),
  )`case when ${webhooks.formerUntil} > now() then ${webhooks.formerUntil} end`,
  failures: webhooks.failures,
  createdBy: webhooks.createdBy,
  createdByName: nameOf(webhooks.createdBy),
  createdAt: webhooks.createdAt,
  updatedAt: webhooks.updatedAt,
};

export const toWebhook = ({ createdByName, ...row }: RowOf<typeof WEBHOOK_COLUMNS>): Webhook => ({
  ...row,
  events: row.events as WebhookEvent[],
  formerUntil: isoTimeOrNull(row.formerUntil),
  createdBy: { id: row.createdBy, name: createdByName },
  createdAt: isoTime(row.createdAt),
  updatedAt: isoTime(row.updatedAt),
});
