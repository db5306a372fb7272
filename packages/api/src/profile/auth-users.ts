import { certain, defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { authUsers } from "@scrapersky/db/auth-users";
import { eq, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";

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

// By the catalogue, which everybody may read: a name such as auth.users asks for the use of its schema.
const columnsOf = defineStatement(
  `select a.attname::text as name, t.typcategory = 'S' as "isText",
     usable and has_column_privilege(c.oid, a.attnum, 'SELECT') as "mayRead",
     usable and a.attgenerated = '' and has_column_privilege(c.oid, a.attnum, 'INSERT') as "mayWrite"
   from pg_namespace n
   join pg_class c on c.relnamespace = n.oid and c.relname = :table and c.relkind in ('r', 'p')
   join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   join pg_type t on t.oid = a.atttypid
   cross join lateral has_schema_privilege(n.oid, 'USAGE') usable
   where n.nspname = 'auth' order by a.attnum`,
  { name: "text", isText: "bool", mayRead: certain("bool"), mayWrite: certain("bool") },
);

/** A table of schema `auth` where the database has it. */
export async function describeAuthTable(
  reader: Reader,
  table: "users" | "identities",
): Promise<AuthTable | undefined> {
  const columns = await executeRawSql(reader, columnsOf, { table });
  return columns.length === 0 ? undefined : { columns };
}

/** `auth.users` where the database has it. */
export const describeAuthUsers = (reader: Reader): Promise<AuthTable | undefined> =>
  describeAuthTable(reader, "users");

const mayRead = (table: AuthTable, ...names: string[]): boolean =>
  names.every((name) => table.columns.some((column) => column.name === name && column.mayRead));

/** Whether this role may look people up there by their e-mail address. */
export const mayFindAuthUsers = (table: AuthTable): boolean => mayRead(table, "id", "email");

/** Whether this role may read what a password is checked against, and everything that may forbid it. */
export const mayReadPasswords = (table: AuthTable): boolean =>
  mayRead(table, "id", "email", "encrypted_password") &&
  table.columns.every(({ name, mayRead: may }) => may || !(name in SIGN_IN_CONDITIONS));

/** Conditions under which GoTrue lets somebody sign in with a password, by the column that each needs. */
const SIGN_IN_CONDITIONS: Record<string, SQL> = {
  deleted_at: isNull(authUsers.deletedAt),
  banned_until: sql`coalesce(${authUsers.bannedUntil} <= now(), true)`,
  email_confirmed_at: isNotNull(authUsers.emailConfirmedAt),
  is_sso_user: not(authUsers.isSsoUser),
};

/** Those of them that this version has columns for; a column that is there must be readable. */
export const signInConditions = (table: AuthTable): SQL[] =>
  Object.entries(SIGN_IN_CONDITIONS)
    .filter(([name]) => table.columns.some((column) => column.name === name))
    .map(([, condition]) => condition);

/** Whether somebody there has this e-mail address, in any case. */
export const hasAuthEmail = (email: string): SQL => eq(sql`lower(${authUsers.email})`, email);

/** The person's id there, by e-mail. One that signs in by e-mail goes before one of a company's sign-in. */
export async function findAuthUserId(
  reader: Reader,
  table: AuthTable,
  email: string,
): Promise<string | undefined> {
  if (!mayFindAuthUsers(table)) return undefined;
  const place = mayRead(table, "is_sso_user")
    ? [authUsers.isSsoUser, authUsers.id]
    : [authUsers.id];
  const [row] = await reader
    .select({ id: authUsers.id })
    .from(authUsers)
    .where(hasAuthEmail(email))
    .orderBy(...place)
    .limit(1);
  return row?.id;
}
