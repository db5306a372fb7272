import { DigitLines } from "./digit-lines.ts";
import { LinkBook } from "./link-book.ts";
import { Mailboxes } from "./mail/mailboxes.ts";
import { SiteTraces } from "./site-traces.ts";
import { StructuredBook } from "./structured-book.ts";

/** What the pages of one site share while they are read: what repeats on them is worked out once. */
export interface SiteReading {
  traces: SiteTraces;
  links: LinkBook;
  digits: DigitLines;
  structured: StructuredBook;
  mailboxes: Mailboxes;
  /** Copyright notices of later years are not believed. */
  thisYear: number;
}

/** For a site of which nothing was read. @param host of its home page */
export const siteReading = (host: string, thisYear: number): SiteReading => ({
  traces: new SiteTraces(),
  links: new LinkBook(host),
  digits: new DigitLines(),
  structured: new StructuredBook(),
  mailboxes: new Mailboxes(),
  thisYear,
});
