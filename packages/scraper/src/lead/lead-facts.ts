import type { LeadFacts } from "@scrapersky/outcome";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { addressesOf } from "./addresses.ts";
import { bestEmailOf } from "./best-email.ts";
import { bestPhoneOf } from "./best-phone.ts";
import { businessOf } from "./business.ts";
import { Caps } from "./caps.ts";
import { countryOf } from "./country.ts";
import { emailsOf } from "./emails.ts";
import { languagesOf } from "./languages.ts";
import type { MailAnswers } from "./mail-answers.ts";
import { peopleOf } from "./people.ts";
import { phonesOf } from "./phones.ts";
import { reasonOf } from "./reason.ts";
import { signalsOf } from "./signals.ts";
import { socialsOf } from "./socials.ts";
import { technologiesOf } from "./technologies.ts";

/** Merges what the pages of a visit say into its lead: one file per field, and here in which order they need each other. */
export function leadFacts(gathered: Gathered, mail: MailAnswers): LeadFacts {
  const pages = ownPages(gathered);
  const caps = new Caps();
  for (const { extract } of pages) for (const list of extract.capped) caps.note(list);
  const technologies = technologiesOf(gathered, caps);
  const signals = signalsOf(gathered, technologies);
  const languages = languagesOf(gathered);
  const addresses = addressesOf(pages, caps);
  const { country, region } = countryOf(gathered, languages);
  const emails = emailsOf(gathered, mail, caps);
  const { phones, faxes } = phonesOf(pages, region, caps);
  return {
    business: businessOf(pages),
    emails,
    bestEmail: bestEmailOf(emails, pages),
    phones,
    faxes,
    bestPhone: bestPhoneOf(phones),
    people: peopleOf(pages, emails, caps),
    socials: socialsOf(pages, caps),
    addresses,
    country,
    languages,
    technologies,
    signals,
    reason: reasonOf(gathered, { emails, phones, signals }),
    capped: caps.names(),
  };
}
