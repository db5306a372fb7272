import { sql } from "drizzle-orm";
import { boolean, pgView, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "./time.ts";

/** The name under which older SQL reads `profiles`: nine of its columns. */
export const profile = pgView("profile", {
  id: uuid("id"),
  name: text("name"),
  email: text("email"),
  role: text("role"),
  bio: text("bio"),
  tenantId: uuid("tenant_id"),
  active: boolean("active"),
  createdAt: timestamptz("created_at"),
  updatedAt: timestamptz("updated_at"),
})
  .with({ securityInvoker: true })
  .as(
    sql`select id, name, email, role, bio, tenant_id, active, created_at, updated_at from profiles`,
  );
