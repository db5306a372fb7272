import type { EmailFacts } from "@scrapersky/outcome";
import { asciiHost } from "../extract/mail/accept.ts";
import { type EmailFinding, lessHidden } from "../extract/mail/collector.ts";
import { emailKindOf } from "../extract/mail/kinds.ts";
import { isFreeMail } from "../extract/mail/providers.ts";
import { registrableOf } from "../host.ts";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { labelOf } from "./business.ts";
import type { Caps } from "./caps.ts";
import type { MailAnswers } from "./mail-answers.ts";
import { resembles } from "./resembles.ts";

/** The mailboxes of all pages that are not given as somebody else's, each once: of its appearances the least hidden, the first with words and the first with a person count. */
export function emailsOf(gathered: Gathered, mail: MailAnswers, caps: Caps): EmailFacts[] {
  const merged = new Map<string, EmailFinding & { pages: string[] }>();
  for (const { facts, extract } of ownPages(gathered)) {
    for (const finding of extract.emails) {
      const known = merged.get(finding.email);
      if (known === undefined) {
        merged.set(finding.email, { ...finding, pages: [facts.url] });
        continue;
      }
      known.pages.push(facts.url);
      known.others &&= finding.others;
      known.hidden = lessHidden(known.hidden, finding.hidden);
      known.context ??= finding.context;
      if (finding.person?.title != null && known.person?.title == null)
        known.person = finding.person;
      else known.person ??= finding.person;
    }
  }
  const own = registrableOf(gathered.home.url.hostname);
  const facts: EmailFacts[] = [];
  const others: EmailFacts[] = [];
  for (const { email, hidden, context, person, pages, others: isOthers } of merged.values()) {
    const at = email.lastIndexOf("@");
    const host = asciiHost(email.slice(at + 1)) ?? email.slice(at + 1);
    const ownDomain = registrableOf(host) === own;
    (isOthers && !ownDomain ? others : facts).push({
      email,
      kind: emailKindOf(email.slice(0, at), person !== null),
      free: isFreeMail(host),
      ownDomain,
      person,
      hidden,
      pages,
      context,
      takesMail: mail.get(host)?.takes ?? null,
      takesMailAt: mail.get(host)?.at ?? null,
    });
  }
  // what may be the business's own after all is better than nothing
  if (facts.length === 0) facts.push(...others.filter((email) => mayBeOwn(email, own)));
  return caps.cut("emails", facts);
}

const mayBeOwn = ({ email, free }: EmailFacts, own: string): boolean =>
  free || resembles(labelOf(own), labelOf(email.slice(email.lastIndexOf("@") + 1)));
