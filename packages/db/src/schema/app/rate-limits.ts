import { bigint, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { app } from "./app.ts";

/** How often somebody called, tried or failed in the window that ends at `expire`, milliseconds since 1970. */
export const rateLimits = app.table(
  "rate_limits",
  {
    key: text("key").notNull(),
    points: integer("points").notNull().default(0),
    expire: bigint("expire", { mode: "number" }),
  },
  (table) => [
    primaryKey({ name: "rate_limits_pkey", columns: [table.key] }),
    index("rate_limits_expire_idx").on(table.expire),
  ],
);
