import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Mail } from "../mail/mail.ts";
import { readEmail } from "../profile/email.ts";
import { findPerson } from "../profile/find-person.ts";
import { maySignIn } from "../rbac/may-sign-in.ts";
import { createSignInLink } from "./create-sign-in-link.ts";
import { LINK_HOURS } from "./sign-in-link.contract.ts";

/** So long after a link nobody gets another one: whoever asks again and again would fill a mailbox. */
const recent = defineStatement(
  `select exists (
     select from app.sign_in_links where user_id = :personId::uuid and created_at > now() - interval '1 minute'
   ) as found`,
  { found: "bool" },
);

/**
 * A link for somebody who forgot their password, as the message that brings it. Undefined for an address of nobody who may
 * sign in, and within a minute of the last link: whoever asked is not told.
 */
export async function askForLink(
  tx: Tx,
  of: { email: string; webUrl: string; requestId: string },
): Promise<Mail | undefined> {
  const person = await findKnown(tx, of.email);
  if (!person || !(await maySignIn(tx, person.id))) return undefined;
  await takeLock(tx, "email", person.email);
  if ((await executeRawSqlOne(tx, recent, { personId: person.id }))?.found) return undefined;
  const author = {
    actor: null,
    personId: person.id,
    requestId: of.requestId,
    source: "forgotten",
  } as const;
  const { link } = await createSignInLink(tx, author, person, of.webUrl);
  return {
    to: person.email,
    subject: "A link to ScraperSky",
    text: `Somebody, perhaps you, asked for a new password for ${person.email}.\n\nThis link sets one and signs you in. It works once, within ${LINK_HOURS} hours:\n\n${link}\n\nWhoever does not use it changes nothing.\n`,
  };
}

/** What is no address, or belongs to several, is nobody's. */
async function findKnown(tx: Tx, email: string) {
  try {
    return await findPerson(tx, readEmail(email));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
