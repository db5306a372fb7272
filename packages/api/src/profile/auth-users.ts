import { executeRawSql, executeRawSqlOne, type Reader, type Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";

// Supabase's own table of people. Where it exists, profiles refer to it, so everybody has a row there,
// written as its server (GoTrue) writes it. Versions differ in columns: the catalogue says which there are.

interface Column {
  name: string;
  isText: boolean;
  mayRead: boolean;
  mayWrite: boolean;
}

/** A table of schema `auth` as this role may use it. */
export interface AuthTable {
  columns: Column[];
}

const EMPTY_ID = "00000000-0000-0000-0000-000000000000";
/** GoTrue reads these into texts that know no null. */
const EMPTY_TEXT = /_token|_change/;

const describeTable = async (
  reader: Reader,
  table: "users" | "identities",
): Promise<AuthTable | undefined> => {
  // By the catalogue, which everybody may read: a name such as auth.users asks for the use of its schema.
  const columns = await executeRawSql<Column>(
    reader,
    `select a.attname as name, t.typcategory = 'S' as "isText",
       usable and has_column_privilege(c.oid, a.attnum, 'SELECT') as "mayRead",
       usable and a.attgenerated = '' and has_column_privilege(c.oid, a.attnum, 'INSERT') as "mayWrite"
     from pg_namespace n
     join pg_class c on c.relnamespace = n.oid and c.relname = :table and c.relkind in ('r', 'p')
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     cross join lateral has_schema_privilege(n.oid, 'USAGE') usable
     where n.nspname = 'auth' order by a.attnum`,
    { table },
  );
  return columns.length === 0 ? undefined : { columns };
};

/** `auth.users` where the database has it. */
export const describeAuthUsers = (reader: Reader): Promise<AuthTable | undefined> =>
  describeTable(reader, "users");

const mayRead = (table: AuthTable, ...names: string[]): boolean =>
  names.every((name) => table.columns.some((column) => column.name === name && column.mayRead));

/** Whether this role may look people up there by their e-mail address. */
export const mayFindAuthUsers = (table: AuthTable): boolean => mayRead(table, "id", "email");

/** Whether this role may read what a password is checked against, and everything that may forbid it. */
export const mayReadPasswords = (table: AuthTable): boolean =>
  mayRead(table, "id", "email", "encrypted_password") &&
  table.columns.every(({ name, mayRead: may }) => may || !(name in SIGN_IN_CONDITIONS));

/** Conditions on `auth.users u` under which GoTrue lets somebody sign in with a password. */
const SIGN_IN_CONDITIONS: Record<string, string> = {
  deleted_at: "u.deleted_at is null",
  banned_until: "coalesce(u.banned_until <= now(), true)",
  email_confirmed_at: "u.email_confirmed_at is not null",
  is_sso_user: "not u.is_sso_user",
};

/** Those of them that this version has columns for; a column that is there must be readable. */
export const signInConditions = (table: AuthTable): string =>
  Object.entries(SIGN_IN_CONDITIONS)
    .filter(([name]) => table.columns.some((column) => column.name === name))
    .map(([, condition]) => ` and ${condition}`)
    .join("");

/** The person's id there, by e-mail in any case. One that signs in by e-mail goes before one of a company's sign-in. */
export async function findAuthUserId(
  reader: Reader,
  table: AuthTable,
  email: string,
): Promise<string | undefined> {
  if (!mayFindAuthUsers(table)) return undefined;
  const place = mayRead(table, "is_sso_user") ? "is_sso_user, id" : "id";
  const row = await executeRawSqlOne<{ id: string }>(
    reader,
    `select id from auth.users where lower(email) = :email order by ${place} limit 1`,
    { email },
  );
  return row?.id;
}

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
  const identities = await describeTable(tx, "identities");
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

/** Writes what the table has a column for. Names come from the catalogue, values travel as one parameter. */
async function insertRow(
  tx: Tx,
  name: "users" | "identities",
  { columns }: AuthTable,
  row: Record<string, unknown>,
): Promise<void> {
  const written = columns
    .filter((column) => column.mayWrite && Object.hasOwn(row, column.name))
    .map((column) => `"${column.name.replaceAll('"', '""')}"`)
    .join(", ");
  await executeRawSql(
    tx,
    `insert into auth.${name} (${written})
     select ${written} from jsonb_populate_record(null::auth.${name}, :row::jsonb)`,
    { row },
  );
}
