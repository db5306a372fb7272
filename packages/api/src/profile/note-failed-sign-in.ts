import type { Tx } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { noteCounted } from "../audit/note-counted.ts";
import { DomainError } from "../errors/domain-error.ts";
import { findPersonId } from "./find-person.ts";

/** What looks like an e-mail address: people type passwords into the wrong field. */
const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,253}$/;

/**
 * Writes down that somebody tried to sign in and could not: as whom, and from where.
 * @returns the person with that address, where there is one
 */
export async function noteFailedSignIn(
  tx: Tx,
  { email: typed, address, requestId }: { email: string; address: string; requestId: string },
): Promise<string | undefined> {
  const email = typed.trim().toLowerCase();
  const isAddress = ADDRESS.test(email);
  const personId = isAddress ? await findPersonId(tx, email).catch(nobody) : undefined;
  const [person] =
    personId === undefined
      ? []
      : await tx
          .select({ tenantId: profiles.tenantId })
          .from(profiles)
          .where(eq(profiles.id, personId));
  await noteCounted(tx, {
    who: personId ?? `${email} ${address}`,
    tenantId: person?.tenantId ?? null,
    actorId: null,
    action: "sign-in.fail",
    target: { type: "profile", id: personId ?? "unknown" },
    outcome: "failed",
    requestId,
    source: "sign-in",
    detail: { address, ...(isAddress ? { email } : {}) },
  });
  return personId;
}

/** An address that several have is nobody's. */
function nobody(error: unknown): undefined {
  if (!(error instanceof DomainError)) throw error;
}
