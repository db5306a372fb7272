import { index, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** What a call with this key answered, so that its repetition answers the same and does nothing. */
export const idempotencyKeys = app.table(
  "idempotency_keys",
  {
    tenantId: uuid("tenant_id").notNull(),
    actorId: uuid("actor_id").notNull(),
    route: text("route").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    response: jsonb("response"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "idempotency_keys_pkey",
      columns: [table.tenantId, table.actorId, table.route, table.key],
    }),
    index("idempotency_keys_created_at_idx").on(table.createdAt),
  ],
);
