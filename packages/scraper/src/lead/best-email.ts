import type { BestEmail, EmailFacts } from "@scrapersky/outcome";

/** The mailbox to write to first. */
export function bestEmailOf(emails: readonly EmailFacts[]): BestEmail | null {
  const [first] = emails;
  return first === undefined
    ? null
    : { email: first.email, rule: "The first address of the site." };
}
