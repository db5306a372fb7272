import { sql } from "drizzle-orm";
import { boolean, pgView, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** The name under which older SQL reads `profiles`: nine of its columns. */
export const profile = pgView("profile", {
  id: uuid("id"),
  name: text("name"),
  email: text("email"),
  role: text("role"),
  bio: text("bio"),
  tenantId: uuid("tenant_id"),
  active: boolean("active"),
  createdAt: timestamp("created_at", { withTimezone: true }),
  updatedAt: timestamp("updated_at", { withTimezone: true }),
})
  .with({ securityInvoker: true })
  .as(
    sql`select id, name, email, role, bio, tenant_id, active, created_at, updated_at from profiles`,
  );
