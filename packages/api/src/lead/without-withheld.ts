import type { Reader } from "@scrapersky/db";
import { findWithheld } from "../suppression/is-shown.ts";
import type { LeadChange, LeadDetail } from "./lead.contract.ts";

const textsOf = ({ subject, from, to }: LeadChange): string[] =>
  [subject, from, to].flatMap((text) => text ?? []);

/** A lead without addresses that are suppressed and that no purge has removed yet, nor whom they belong to. */
export async function withoutWithheld(
  reader: Reader,
  tenantId: string,
  lead: LeadDetail,
): Promise<LeadDetail> {
  const { bestEmail, suggested, emails, people, changes } = lead;
  const chosen = [bestEmail?.value, suggested?.role?.email, suggested?.person?.email];
  const subjects = new Set([
    ...chosen.flatMap((email) => email ?? []),
    ...emails.map(({ email }) => email),
    ...people.flatMap(({ email }) => email ?? []),
    ...changes
      .flatMap((scan) => scan.changes.flatMap(textsOf))
      .filter((text) => text.includes("@")),
  ]);
  if (subjects.size === 0) return lead;
  const isWithheld = await findWithheld(reader, tenantId, subjects);
  const names = new Set([
    ...emails.flatMap(({ email, person }) => (person && isWithheld(email) ? [person.name] : [])),
    ...people.flatMap(({ email, name }) => (email !== null && isWithheld(email) ? [name] : [])),
  ]);
  const unlessWithheld = <Choice extends { email: string }>(choice: Choice | null) =>
    choice !== null && isWithheld(choice.email) ? null : choice;
  return {
    ...lead,
    bestEmail: bestEmail !== null && isWithheld(bestEmail.value) ? null : bestEmail,
    suggested: suggested && {
      ...suggested,
      role: unlessWithheld(suggested.role),
      person: unlessWithheld(suggested.person),
    },
    emails: emails.filter(({ email }) => !isWithheld(email)),
    people: people.filter(({ name }) => !names.has(name)),
    changes: changes.map((scan) => ({
      ...scan,
      changes: scan.changes.filter(
        (change) => !textsOf(change).some((text) => isWithheld(text) || names.has(text)),
      ),
    })),
  };
}
