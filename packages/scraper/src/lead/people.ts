import type { EmailFacts, PersonFacts } from "@scrapersky/outcome";
import type { StructuredPerson } from "../extract/json-ld.ts";
import { isWriter } from "../extract/writers.ts";
import { Numbers } from "../phones/numbers.ts";
import { readCall } from "../phones/read-call.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { CAPS, lineOrNull } from "../text.ts";
import type { Caps } from "./caps.ts";

/** Two words at least, or two letters of a script that needs no blanks. */
const FULL_NAME =
  /^\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+[\p{L}\p{M}.'’-]+)+$|[\u3040-\u30ff\u4e00-\u9fff]{2}/u;
const HONORIFIC =
  /^(?:(?:dr|prof|dipl|ing|mag|med|dent|vet|herr|frau|mr|mrs|ms|mme|sr|sra|dott)\b[.\s-]*)+/;

/** The people that a site names as its own: those of its structured data, and those beside whose name their address stands. */
export function peopleOf(
  pages: readonly GatheredPage[],
  emails: readonly EmailFacts[],
  region: string | undefined,
  caps: Caps,
): PersonFacts[] {
  const byName = new Map<string, PersonFacts>();
  const reading = { numbers: new Numbers(), region };
  for (const { facts, extract } of pages) {
    for (const person of extract.structured.people) {
      if (!isOfBusiness(person, emails)) continue;
      const phone =
        person.phone === null
          ? undefined
          : readCall(
              {
                text: person.phone,
                from: "json_ld",
                calling: undefined,
                label: null,
                before: "",
                after: "",
              },
              reading,
            );
      note(byName, {
        name: person.name,
        title: person.title,
        email: emailOf(person, emails),
        phone: phone?.e164 ?? null,
        profileUrl: profileOf(person.url),
        page: facts.url,
      });
    }
  }
  for (const { email, person, pages: on } of emails) {
    if (person === null) continue;
    const { name, title } = person;
    note(byName, { name, title, email, phone: null, profileUrl: null, page: on[0] ?? "" });
  }
  return caps.cut("people", [...byName.values()]);
}

/** Of one person every field counts that some page gives. */
function note(byName: Map<string, PersonFacts>, person: PersonFacts): void {
  const key = person.name
    .toLowerCase()
    .replace(HONORIFIC, "")
    .replace(/[^\p{L}]+/gu, "");
  const known = byName.get(key);
  if (known === undefined) {
    byName.set(key, person);
    return;
  }
  known.title ??= person.title;
  known.email ??= person.email;
  known.phone ??= person.phone;
  known.profileUrl ??= person.profileUrl;
}

/** Content systems name the account of whoever published, "admin" too; who is of the business has a title or its mailbox. */
function isOfBusiness(person: StructuredPerson, emails: readonly EmailFacts[]): boolean {
  if (!FULL_NAME.test(person.name)) return false;
  if (!isWriter(person.relation) || person.title !== null) return true;
  const email = emailOf(person, emails);
  return emails.some((known) => known.email === email && known.ownDomain);
}

/** As the list of mailboxes has it, so that both can be matched. */
function emailOf({ email }: StructuredPerson, emails: readonly EmailFacts[]): string | null {
  const wanted = email?.toLowerCase();
  return emails.find((known) => known.email === wanted)?.email ?? null;
}

function profileOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? lineOrNull(url, CAPS.url) : null;
}
