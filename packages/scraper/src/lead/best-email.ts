import type { BestEmail, EmailFacts, LeadFacts, PageType } from "@scrapersky/outcome";
import { isAside, isFrontRole, isUnread } from "../extract/mail/roles.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { labelOf } from "./business.ts";
import { resembles } from "./resembles.ts";

/** An address with what it is judged by. */
interface Candidate {
  email: EmailFacts;
  local: string;
  /** Kinds of the pages it stands on. */
  on: ReadonlySet<PageType>;
  /** Named as the site is: "laden-berlin@t-online.de" of laden.de, "shop@laden.com". */
  isNamesake: boolean;
}

/** What makes one mailbox better than another: gives more to the better one. */
type Merit = (candidate: Candidate) => number;

/** The weightiest first, with one's wish for mailboxes of the business or of people among them. */
const meritsFor = (wanted: "role" | "person"): readonly Merit[] => [
  ({ email }) => (email.takesMail === "no" ? 0 : 1),
  ({ local }) => (isUnread(local) ? 0 : 1),
  ({ email }) => (email.ownDomain ? 1 : 0),
  ({ isNamesake }) => (isNamesake ? 1 : 0),
  ({ email }) => (email.takesMail === "yes" ? 1 : 0),
  (candidate) => standing(candidate, wanted),
  ({ email }) => email.pages.length,
  ({ on }) => (on.has("contact") || on.has("legal") ? 1 : 0),
  ({ local }) => (isFrontRole(local) ? 1 : 0),
];
const MERITS = { role: meritsFor("role"), person: meritsFor("person") };

/**
 * The mailbox to write to first: one that takes mail, of the site's own domain, else of its name, of the business before a
 * person's or the other way round, on most pages, on the contact page or the imprint.
 */
export function bestEmailsOf(
  emails: readonly EmailFacts[],
  pages: readonly GatheredPage[],
  siteHost: string,
): Pick<LeadFacts, "bestEmail" | "bestPersonEmail"> {
  const types = new Map(pages.map(({ facts }) => [facts.url, facts.pageType]));
  const label = labelOf(siteHost);
  const candidates = emails.map((email) => ({
    email,
    local: localOf(email),
    isNamesake: isNamesake(email, label),
    on: new Set(email.pages.map((url) => types.get(url) ?? "other")),
  }));
  return {
    bestEmail: bestBy(MERITS.role, candidates),
    bestPersonEmail: bestBy(MERITS.person, candidates),
  };
}

function bestBy(merits: readonly Merit[], candidates: readonly Candidate[]): BestEmail | null {
  const [best] = candidates.toSorted((one, other) => byMerit(merits, one, other));
  return best === undefined
    ? null
    : { email: best.email.email, rule: ruleOf(best, candidates.length) };
}

function isNamesake(email: EmailFacts, label: string): boolean {
  const local = localOf(email);
  return email.free
    ? local === label || (!isFrontRole(local) && resembles(label, local))
    : resembles(label, labelOf(email.email.slice(local.length + 1)));
}

function byMerit(merits: readonly Merit[], one: Candidate, other: Candidate): number {
  for (const merit of merits) {
    const lead = merit(other) - merit(one);
    if (lead !== 0) return lead;
  }
  return 0;
}

/** How fit a mailbox is for whoever writes for the first time: of the kind that is wanted, of another, or for other things. */
function standing({ email, local }: Candidate, wanted: "role" | "person"): number {
  if (isAside(local)) return 0;
  return (email.kind === "person") === (wanted === "person") ? 2 : 1;
}

const localOf = ({ email }: EmailFacts): string => email.slice(0, email.lastIndexOf("@"));

function ruleOf({ email, local, on }: Candidate, count: number): string {
  const place = email.ownDomain
    ? "on the site's own domain"
    : email.free
      ? "at a free provider"
      : "on another domain";
  const mail = { yes: "which takes mail", no: "which takes no mail" }[
    email.takesMail as "yes" | "no"
  ];
  const purpose = isFrontRole(local)
    ? "an address for everybody"
    : { role: "a shared address", person: "a person's address", other: undefined }[email.kind];
  const pages = email.pages.length === 1 ? "on one page" : `on ${email.pages.length} pages`;
  const special = on.has("contact")
    ? "the contact page"
    : on.has("legal")
      ? "the imprint"
      : undefined;
  const seen =
    special === undefined
      ? pages
      : email.pages.length === 1
        ? `on ${special}`
        : `${pages}, ${special} among them`;
  const parts = [place, mail, purpose, seen].filter((part) => part !== undefined).join(", ");
  return count === 1
    ? `The only address of the site: ${parts}.`
    : `The best of ${count} addresses: ${parts}.`;
}
