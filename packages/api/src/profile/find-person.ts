import { defineStatement, executeRawSqlOne, nullable, type Reader } from "@scrapersky/db";
import { authUsers } from "@scrapersky/db/auth-users";
import { profiles, users } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { describeAuthUsers, findAuthUserId, mayFindAuthUsers } from "./auth-users.ts";
import { readEmail } from "./email.ts";

/** Somebody who has a profile. */
export interface Person {
  id: string;
  email: string;
  name: string | null;
  active: boolean;
  /** Tenants the person is a member of. */
  memberships: number;
}

const personById = defineStatement(
  `select p.id, u.email as user_email, lower(btrim(p.email)) as profile_email, coalesce(p.name, u.name) as name, p.active,
     (select count(*)::int from user_tenants ut where ut.user_id = p.id) as memberships
   from profiles p left join app.users u on u.id = p.id
   where p.id = :id::uuid`,
  {
    id: profiles.id,
    // What the person signs in with.
    user_email: nullable(users.email),
    profile_email: nullable("text"),
    name: nullable("text"),
    active: profiles.active,
    memberships: "int4",
  },
);

/**
 * The id that belongs to an e-mail address: of whoever signs in with it, else of Supabase's user, else of
 * the profile. Undefined when nobody has it.
 * @throws DomainError CONFLICT when it stands on several profiles and none of the others decides
 */
export async function findPersonId(reader: Reader, email: string): Promise<string | undefined> {
  const [user] = await reader
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email))
    .orderBy(users.id)
    .limit(1);
  if (user) return user.id;
  const table = await describeAuthUsers(reader);
  const authId = table && (await findAuthUserId(reader, table, email));
  if (authId !== undefined) return authId;
  const found = await reader
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(sql`lower(btrim(${profiles.email}))`, email))
    .orderBy(profiles.id)
    .limit(10);
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new DomainError(
      "CONFLICT",
      `${email} stands on several profiles: name the person by id instead, one of ${ids}.`,
    );
  }
  return found[0]?.id;
}

/** A person by e-mail address or id; undefined when there is none with a profile. */
export async function findPerson(reader: Reader, word: string): Promise<Person | undefined> {
  const byId = isUuid(word.trim());
  const id = byId ? word.trim().toLowerCase() : await findPersonId(reader, readEmail(word));
  if (id === undefined) return undefined;
  const row = await executeRawSqlOne(reader, personById, { id });
  if (!row) return undefined;
  const email =
    row.user_email ??
    (byId ? (row.profile_email ?? (await findAuthEmail(reader, id))) : readEmail(word));
  if (email === null) {
    throw new DomainError(
      "INVALID_STATE",
      `The profile ${id} has no e-mail address to sign in with.`,
    );
  }
  const { name, active, memberships } = row;
  return { id, email, name, active: active ?? false, memberships };
}

/** @throws DomainError NOT_FOUND */
export async function getPerson(reader: Reader, word: string): Promise<Person> {
  const person = await findPerson(reader, word);
  if (person) return person;
  throw new DomainError(
    "NOT_FOUND",
    `There is nobody with a profile called ${word.trim()}. \`list\` shows everybody, \`add\` adds somebody to a tenant.`,
  );
}

async function findAuthEmail(reader: Reader, id: string): Promise<string | null> {
  const table = await describeAuthUsers(reader);
  if (!table || !mayFindAuthUsers(table)) return null;
  const [row] = await reader
    .select({ email: authUsers.email })
    .from(authUsers)
    .where(eq(authUsers.id, id));
  return row?.email?.toLowerCase() ?? null;
}
