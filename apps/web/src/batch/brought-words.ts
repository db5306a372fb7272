import type { BatchSummary } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";

type Brought = Pick<BatchSummary, "counts" | "total" | "emails" | "phones">;

/** What a batch brought: "32 of 41 read", "61 e-mails", "28 phones". */
export const broughtParts = ({ counts, total, emails, phones }: Brought): string[] => [
  `${formatCount(counts.complete)} of ${formatCount(total)} read`,
  countOf(emails, "e-mail"),
  countOf(phones, "phone"),
];

/** The same in one line. */
export const broughtWords = (batch: Brought): string => broughtParts(batch).join(" · ");
