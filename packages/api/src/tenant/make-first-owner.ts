import { defineStatement, executeRawSqlOne, type Reader, type Tx } from "@scrapersky/db";
import { takeLock } from "../lock/take-lock.ts";
import { addPerson } from "../profile/add-person.ts";
import { readEmail } from "../profile/email.ts";
import { getPerson } from "../profile/find-person.ts";
import type { Author } from "../rbac/actor.ts";
import { createSignInLink } from "../sign-in-link/create-sign-in-link.ts";
import { createTenant } from "./create-tenant.ts";

/** How far a database is from a first sign-in. */
export interface FirstSteps {
  tenants: number;
  /** Whether anybody active has a password to sign in with. */
  canSignIn: boolean;
}

const firstSteps = defineStatement(
  `select (select count(*)::int from tenants) as tenants, exists (
     select from app.accounts a join profiles p on p.id = a.user_id and p.active
     where a.provider_id = 'credential' and a.password is not null
   ) as "canSignIn"`,
  { tenants: "int4", canSignIn: "bool" },
);

export async function findFirstSteps(reader: Reader): Promise<FirstSteps> {
  const row = await executeRawSqlOne(reader, firstSteps);
  if (!row) throw new Error("a SELECT of one row gave none");
  return row;
}

/**
 * Makes the first tenant and its owner, where there is no tenant at all; of several at once one does.
 * @param of the tenant is called after the domain of the e-mail address unless it has a name
 * @returns the link for the owner; undefined when there are tenants
 */
export async function makeFirstOwner(
  tx: Tx,
  author: Author,
  of: { email: string; tenant?: string | undefined; webUrl: string },
): Promise<{ email: string; tenant: string; link: string } | undefined> {
  const email = readEmail(of.email);
  await takeLock(tx, "first owner");
  if ((await findFirstSteps(tx)).tenants > 0) return undefined;
  const name = of.tenant ?? email.slice(email.indexOf("@") + 1);
  const tenant = await createTenant(tx, author, { name });
  const { profileId } = await addPerson(tx, author, { email, role: "owner", tenant });
  const person = await getPerson(tx, profileId);
  const { link } = await createSignInLink(tx, author, person, of.webUrl);
  return { email, tenant: tenant.slug, link };
}
