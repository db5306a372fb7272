import type { BusinessFacts, LeadFacts } from "@scrapersky/outcome";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { callingCodeOf } from "../phones/numbers.ts";
import { SiteNumbers } from "../phones/site-numbers.ts";
import { placesOfSite } from "../places/site-places.ts";
import { addressesOf } from "./addresses.ts";
import { bestEmailsOf } from "./best-email.ts";
import { bestPhoneOf } from "./best-phone.ts";
import { businessOf, labelOf } from "./business.ts";
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
import { tellingPages } from "./telling-pages.ts";
import { technologiesOf } from "./technologies.ts";

/** Merges what the pages of a visit say into its lead: one file per field, and here in which order they need each other. */
export function leadFacts(gathered: Gathered, mail: MailAnswers): LeadFacts {
  const pages = ownPages(gathered);
  const caps = new Caps();
  for (const { extract } of pages) for (const list of extract.capped) caps.note(list);
  const technologies = technologiesOf(gathered, caps);
  const signals = signalsOf(gathered, technologies);
  const languages = languagesOf(gathered);
  const telling = tellingPages(pages);
  const numbers = new SiteNumbers(telling);
  const places = placesOfSite(telling);
  const { country, region } = countryOf(
    telling,
    gathered.home.url.hostname,
    languages,
    numbers,
    places,
  );
  const business = businessOf(telling, places, gathered.home.url.hostname);
  const emails = emailsOf(gathered, mail, caps);
  const { phones, faxes } = phonesOf(numbers.in(region), caps);
  if (numbers.isSpent) caps.note("phones");
  return {
    business,
    emails,
    ...bestEmailsOf(emails, pages, gathered.home.url.hostname),
    phones,
    faxes,
    bestPhone: bestPhoneOf(
      phones,
      callingCodeOf(country?.code),
      pages.map(({ facts }) => facts),
    ),
    people: peopleOf(pages, emails, region, caps),
    socials: socialsOf(pages, namesOf(business, gathered.home.url.hostname), caps),
    addresses: addressesOf(telling, places, country?.code ?? null, caps),
    country,
    languages,
    technologies,
    signals,
    reason: reasonOf(gathered, { emails, phones, signals }),
    capped: caps.names(),
  };
}

const namesOf = (business: BusinessFacts, host: string): string[] =>
  [labelOf(host), business.name, business.legalName].filter((name) => name !== null);
