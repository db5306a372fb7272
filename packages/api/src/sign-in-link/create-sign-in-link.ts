import { createHash, randomBytes } from "node:crypto";
import { parseTimestamp, type Tx } from "@scrapersky/db";
import { signInLinks } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { ensureUser } from "../profile/write-person.ts";
import type { Person } from "../profile/find-person.ts";
import type { Author } from "../rbac/actor.ts";
import { replaceSignInLinks } from "./replace-sign-in-links.ts";
import { LINK_HOURS, LINK_PAGE } from "./sign-in-link.contract.ts";

const TOKEN_BYTES = 32;

/** What is kept of a token. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** A link, which is shown once: only the hash of its token is kept. */
export interface MadeLink {
  id: string;
  link: string;
  expiresAt: Date;
}

/**
 * Makes a one-time link for a person, whose older ones stop working.
 * @param webUrl where people open the dashboard
 * @throws DomainError INVALID_STATE for somebody disabled or of no tenant
 */
export async function createSignInLink(
  tx: Tx,
  author: Author,
  person: Person,
  webUrl: string,
): Promise<MadeLink> {
  const made = await makeSignInLink(tx, person, webUrl);
  await recordAudit(tx, author, {
    action: "signInLinks.create",
    targetType: "profile",
    targetId: person.id,
    detail: { link: made.id },
  });
  return made;
}

/** The same as a part of another act, whose row in the audit log speaks of it. */
export async function makeSignInLink(tx: Tx, person: Person, webUrl: string): Promise<MadeLink> {
  if (person.memberships === 0) {
    throw new DomainError(
      "INVALID_STATE",
      `${person.email} is a member of no tenant: \`add\` makes the person one.`,
      { errorCode: "NO_TENANT" },
    );
  }
  if (!person.active) {
    throw new DomainError(
      "INVALID_STATE",
      `${person.email} is disabled: enable the person first.`,
      {
        errorCode: "DISABLED",
      },
    );
  }
  await ensureUser(tx, person);
  await replaceSignInLinks(tx, person.id);
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const [row] = await tx
    .insert(signInLinks)
    .values({
      userId: person.id,
      tokenHash: hashOf(token),
      expiresAt: sql`now() + make_interval(hours => ${LINK_HOURS}::int)`,
    })
    .returning({ id: signInLinks.id, expiresAt: signInLinks.expiresAt });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  const link = `${webUrl.replace(/\/+$/, "")}${LINK_PAGE}#${token}`;
  return { id: row.id, link, expiresAt: parseTimestamp(row.expiresAt) };
}
