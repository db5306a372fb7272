import type { Tx } from "@scrapersky/db";
import { pgSchema, text } from "drizzle-orm/pg-core";
import { DomainError } from "../errors/domain-error.ts";
import { type AuthTable, describeAuthTable } from "./auth-users.ts";

const EMPTY_ID = "00000000-0000-0000-0000-000000000000";
/** GoTrue reads these into texts that know no null. */
const EMPTY_TEXT = /_token|_change/;

/**
 * Writes a person as GoTrue writes one who signed up by e-mail and confirmed it.
 * @throws DomainError INVALID_STATE `AUTH_USERS_CLOSED` when this role may not
 */
export async function insertAuthUser(
  tx: Tx,
  table: AuthTable,
  person: { id: string; email: string; name: string | null },
): Promise<void> {
  const { id, email, name } = person;
  if (!table.columns.some((column) => column.name === "id" && column.mayWrite)) {
    throw new DomainError(
      "INVALID_STATE",
      "The database has Supabase's table auth.users, where every person needs a row, and the role of DATABASE_URL may not write it.",
      { errorCode: "AUTH_USERS_CLOSED" },
    );
  }
  const now = new Date().toISOString();
  const texts = table.columns
    .filter((column) => column.isText && EMPTY_TEXT.test(column.name))
    .map((column) => [column.name, ""]);
  await insertRow(tx, "users", table, {
    ...Object.fromEntries(texts),
    instance_id: EMPTY_ID,
    id,
    aud: "authenticated",
    role: "authenticated",
    email,
    encrypted_password: "",
    email_confirmed_at: now,
    confirmed_at: now,
    email_change_confirm_status: 0,
    raw_app_meta_data: { provider: "email", providers: ["email"] },
    // What triggers of projects read: by either name.
    raw_user_meta_data: {
      ...(name === null ? {} : { name, full_name: name }),
      email_verified: true,
    },
    is_super_admin: false,
    is_sso_user: false,
    is_anonymous: false,
    created_at: now,
    updated_at: now,
  });
  const identities = await describeAuthTable(tx, "identities");
  if (!identities) return;
  const byProvider = identities.columns.some((column) => column.name === "provider_id");
  await insertRow(tx, "identities", identities, {
    // Before `provider_id` came, the id was the provider's.
    ...(byProvider ? { provider_id: id } : { id }),
    user_id: id,
    provider: "email",
    identity_data: { sub: id, email, email_verified: true, phone_verified: false },
    last_sign_in_at: now,
    created_at: now,
    updated_at: now,
  });
}

/** Writes what the table has a column for. Whatever its type, the server reads it from a text. */
async function insertRow(
  tx: Tx,
  name: "users" | "identities",
  { columns }: AuthTable,
  row: Record<string, unknown>,
): Promise<void> {
  const written = columns
    .filter((column) => column.mayWrite && Object.hasOwn(row, column.name))
    .map((column) => column.name);
  const table = pgSchema("auth").table(
    name,
    Object.fromEntries(written.map((column) => [column, text(column)])),
  );
  const texts = written.map((column) => [column, textOf(row[column])]);
  await tx.insert(table).values(Object.fromEntries(texts) as Record<string, string>);
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
