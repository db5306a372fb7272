import type { EmailFacts, LeadFacts, PageFacts, ScrapeOutcome } from "@scrapersky/outcome";
import { nextBestEmail } from "../lead/next-best-email.ts";

/** What stands in a text where a suppressed address stood. */
const MASK = "[suppressed]";

const AT = String.raw`@|%40|\s{0,3}[([{]\s{0,3}at\s{0,3}[)\]}]\s{0,3}`;
const EMAIL = new RegExp(
  String.raw`[\p{L}\p{N}._+-]{1,64}(?:${AT})(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,63}`,
  "giu",
);
const INSTEAD_OF_AT = new RegExp(AT, "i");
const LINK = /(?:https?:)?\/\/([^\s/?#:"'<>@\\]+)[^\s"'<>\\]*/gi;

type Done = Extract<ScrapeOutcome, { kind: "done" }>;
/** Whether the tenant suppresses an address or a host. */
export type IsSuppressed = (subject: string) => boolean;

const addressOf = (found: string): string => found.replace(INSTEAD_OF_AT, "@");
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : "");
const mayName = (text: string): boolean => text.includes("//") || INSTEAD_OF_AT.test(text);

/** Addresses and hosts that any text of an outcome names. */
export function subjectsIn(outcome: object): Set<string> {
  const subjects = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      if (!mayName(value)) return;
      for (const [email] of value.matchAll(EMAIL)) subjects.add(addressOf(email));
      for (const [, host = ""] of value.matchAll(LINK)) subjects.add(host);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(outcome);
  return subjects;
}

/** The outcome without suppressed addresses, those they belong to, and pages of suppressed hosts. */
export function maskOutcome<Outcome extends object>(
  outcome: Outcome & Pick<ScrapeOutcome, "kind">,
  isSuppressed: IsSuppressed,
): Outcome {
  const { kind } = outcome;
  return masked(
    kind === "done" ? withoutThem(outcome as never, isSuppressed) : outcome,
    isSuppressed,
  ) as Outcome;
}

/** Whether the visit ended at a suppressed host: then all of it is about that one. */
export const endsAtSuppressed = (outcome: object & Pick<ScrapeOutcome, "kind">, is: IsSuppressed) =>
  outcome.kind === "done" && is(hostOf((outcome as Done).site.finalUrl));

function withoutThem({ lead, pages, ...outcome }: Done, is: IsSuppressed): Done {
  const kept = pages.filter(({ url }) => masked(url, is) === url);
  const dropped = new Set(pages.filter((page) => !kept.includes(page)).map(({ url }) => url));
  return {
    ...outcome,
    pages: kept.map((page) => withoutInbound(page, dropped)),
    lead: withoutPeople(lead, dropped, is),
  };
}

const withoutInbound = (page: PageFacts, dropped: ReadonlySet<string>): PageFacts => ({
  ...page,
  inboundLinks: page.inboundLinks.filter((url) => !dropped.has(url)),
});

function withoutPeople(lead: LeadFacts, dropped: ReadonlySet<string>, is: IsSuppressed): LeadFacts {
  const withPages = lead.emails.map((email) => ({
    ...email,
    pages: email.pages.filter((page) => !dropped.has(page)),
  }));
  const emails = withPages.filter(({ email, pages }) => pages.length > 0 && !is(email));
  const names = new Set(
    lead.emails.flatMap(({ email, person }) => (person && is(email) ? [person.name] : [])),
  );
  const people = lead.people.filter(({ name, email, page }) => {
    if (email !== null && is(email)) names.add(name);
    return !names.has(name) && !dropped.has(page);
  });
  const isOf = (label: string | null) =>
    label !== null && Array.from(names).some((name) => label.includes(name));
  const phones = (all: LeadFacts["phones"]) =>
    all.map((phone) => (isOf(phone.label) ? { ...phone, label: null } : phone));
  return {
    ...lead,
    emails,
    people,
    phones: phones(lead.phones),
    faxes: phones(lead.faxes),
    bestEmail: stillBest(lead.bestEmail, emails, "role"),
    bestPersonEmail: stillBest(lead.bestPersonEmail, emails, "person"),
  };
}

const stillBest = (
  best: LeadFacts["bestEmail"],
  emails: readonly EmailFacts[],
  wanted: "role" | "person",
): LeadFacts["bestEmail"] =>
  best === null || emails.some(({ email }) => email === best.email)
    ? best
    : nextBestEmail(emails, wanted);

/** What any text says of suppressed addresses and hosts becomes `MASK`; of a list such a text is left out. */
function masked(value: unknown, is: IsSuppressed): unknown {
  if (typeof value === "string") return maskedText(value, is);
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown) => {
      const told = masked(each, is);
      return typeof each === "string" && told !== each ? [] : [told];
    });
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each, is)]));
}

function maskedText(text: string, is: IsSuppressed): string {
  if (!mayName(text)) return text;
  return text
    .replace(LINK, (link, host: string) => (is(host) ? MASK : link))
    .replace(EMAIL, (email) => (is(addressOf(email)) ? MASK : email));
}
