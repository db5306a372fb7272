import { asciiHost } from "../extract/mail/accept.ts";
import type { MailAnswer } from "../guard/mail-domains.ts";
import { registrableOf } from "../host.ts";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { abortable } from "../abortable.ts";
import type { Visit } from "../visit.ts";

/** By domain of the mailbox, ASCII. */
export type MailAnswers = ReadonlyMap<string, MailAnswer>;

/** Whether the domains of a site's mailboxes take mail, its own first; empty where nobody is to be asked. */
export async function askMailDomains(gathered: Gathered, visit: Visit): Promise<MailAnswers> {
  const answers = new Map<string, MailAnswer>();
  const { mailDomains } = visit;
  if (mailDomains === undefined) return answers;
  const signal = AbortSignal.any([visit.signal, AbortSignal.timeout(visit.limits.mailMs)]);
  await Promise.all(
    domainsOf(gathered, visit.limits.mailDomainsMax).map(async (domain) => {
      const answer = await abortable(mailDomains.ask(domain), signal);
      answers.set(domain, answer ?? { takes: "unknown", at: new Date(visit.now()).toISOString() });
    }),
  );
  return answers;
}

function domainsOf(gathered: Gathered, max: number): string[] {
  const own = registrableOf(gathered.home.url.hostname);
  const domains = new Set<string>();
  for (const { extract } of ownPages(gathered)) {
    for (const { email } of extract.emails) {
      const domain = asciiHost(email.slice(email.lastIndexOf("@") + 1));
      if (domain !== undefined) domains.add(domain);
    }
  }
  const isOwn = (domain: string): number => (registrableOf(domain) === own ? 0 : 1);
  return [...domains].toSorted((one, other) => isOwn(one) - isOwn(other)).slice(0, max);
}
