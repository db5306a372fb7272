import type { BestEmail, EmailKind } from "@scrapersky/outcome";

interface Choice {
  email: string;
  kind: EmailKind;
  ownDomain: boolean;
}

/** The address to write to once the best one may not be kept any more; of equals the first. */
export function nextBestEmail(
  emails: readonly Choice[],
  wanted: "role" | "person",
): BestEmail | null {
  const rank = ({ kind, ownDomain }: Choice): number =>
    (ownDomain ? 2 : 0) + (kind === wanted ? 1 : 0);
  const [best] = emails.toSorted((one, other) => rank(other) - rank(one));
  return best ? { email: best.email, rule: "The next one, as the best is suppressed." } : null;
}
