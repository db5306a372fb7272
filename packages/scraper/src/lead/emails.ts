import type { EmailFacts } from "@scrapersky/outcome";
import { emailKindOf, isFreeMail } from "../extract/emails.ts";
import { registrableOf } from "../host.ts";
import { type Gathered, ownPages } from "../site/gathered.ts";
import type { Caps } from "./caps.ts";

/** The mailboxes of all pages, each once. */
export function emailsOf(gathered: Gathered, caps: Caps): EmailFacts[] {
  const own = registrableOf(gathered.home.url.hostname);
  const byEmail = new Map<string, EmailFacts>();
  for (const { facts, extract } of ownPages(gathered)) {
    for (const { email, hidden, context } of extract.emails) {
      const known = byEmail.get(email);
      if (known !== undefined) {
        known.pages.push(facts.url);
        known.context ??= context;
        continue;
      }
      const host = email.slice(email.lastIndexOf("@") + 1);
      byEmail.set(email, {
        email,
        kind: emailKindOf(email),
        free: isFreeMail(host),
        ownDomain: registrableOf(host) === own,
        person: null,
        hidden,
        pages: [facts.url],
        context,
        takesMail: null,
        takesMailAt: null,
      });
    }
  }
  return caps.cut("emails", [...byEmail.values()]);
}
