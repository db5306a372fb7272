import type { EmailHiding } from "@scrapersky/outcome";
import { registrableOf } from "../../host.ts";
import { CAPS, lineOrNull } from "../../text.ts";
import type { Findings } from "../findings.ts";
import { isOfAuthor, isOthers } from "../others.ts";
import { asciiHost } from "./accept.ts";
import type { Sighting } from "./find.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { fits, type Named, personBeside } from "./person.ts";
import { isRole } from "./roles.ts";

/** An address on a page. */
export interface EmailFinding {
  email: string;
  hidden: EmailHiding;
  /** Words around it; null where it stands in no text. */
  context: string | null;
  person: Named | null;
  /** Wherever the page shows it, it is given as somebody else's. */
  others: boolean;
}

const EMAILS_PER_PAGE_MAX = 200;
/** To read the words around an address costs more than all else about it. */
const PERSONS_LOOKED_FOR_MAX = 120;
const JUDGED_MAX = 200;

/** Least hidden first. */
const HIDINGS: readonly EmailHiding[] = ["plain", "mailto", "encoded", "written", "data"];
export const lessHidden = (one: EmailHiding, other: EmailHiding): EmailHiding =>
  HIDINGS.indexOf(one) <= HIDINGS.indexOf(other) ? one : other;

/** Gathers the addresses of one page, each once, with the words and the person of its first appearance that has any. */
export class Collector {
  readonly #found = new Map<string, EmailFinding>();
  readonly #scan: Findings;
  readonly #siteHost: string;
  readonly #mailboxes: Mailboxes;
  /** Where each stands first in the text. */
  readonly #places = new Map<string, number>();
  #personsLeft = PERSONS_LOOKED_FOR_MAX;
  #judgedLeft = JUDGED_MAX;
  /** Whether there were more than are kept. */
  isCut = false;

  constructor(scan: Findings, siteHost: string, mailboxes: Mailboxes) {
    this.#scan = scan;
    this.#mailboxes = mailboxes;
    this.#siteHost = siteHost;
  }

  /** What nobody of a business reads is left out. @returns the address as it is kept */
  add(
    raw: string | Sighting,
    hidden: EmailHiding,
    name: string | null = null,
  ): EmailFinding | undefined {
    const sighting = typeof raw === "string" ? undefined : raw;
    const email = this.#mailboxes.accept(sighting?.email ?? (raw as string), this.#siteHost);
    if (email === undefined) return undefined;
    const known = this.#found.get(email);
    if (known === undefined && this.#found.size >= EMAILS_PER_PAGE_MAX) {
      this.isCut = true;
      return undefined;
    }
    const finding = known ?? { email, hidden, context: null, person: null, others: true };
    const place = sighting?.start ?? Infinity;
    this.#places.set(email, Math.min(place, this.#places.get(email) ?? Infinity));
    finding.hidden = lessHidden(finding.hidden, hidden);
    finding.others &&= sighting !== undefined && this.#isOthersAt(sighting, email);
    if (sighting !== undefined) {
      finding.context ??= wordsAround(this.#scan.text, sighting.start, sighting.end);
      finding.person ??= this.#personAt(sighting, email);
    }
    if (name !== null && finding.person === null && isNameOf(name, localOf(email)))
      finding.person = { name, title: null };
    this.#found.set(email, finding);
    return finding;
  }

  /** An address that structured data gives to a person. */
  own(email: string, person: Named): void {
    const accepted = this.add(email, "data");
    if (accepted !== undefined && !isRole(localOf(accepted.email))) accepted.person ??= person;
  }

  #personAt({ start, end }: Sighting, email: string): Named | null {
    const local = localOf(email);
    if (isRole(local) || this.#personsLeft-- <= 0) return null;
    return personBeside(this.#scan, { start, end }, local);
  }

  /** What is at the site's own domain, or at one like it, is the business's, whatever is said. */
  #isOthersAt({ start, end }: Sighting, email: string): boolean {
    const { text, marks } = this.#scan;
    const host = asciiHost(email.slice(email.lastIndexOf("@") + 1)) ?? "";
    if (isAkin(host, this.#siteHost) || this.#judgedLeft-- <= 0) return false;
    if (marks.isTeased(start)) return true;
    if (marks.touches("quoted", start, Math.max(end, start + 1))) return true;
    const above = text.slice(Math.max(0, start - LINES_REACH), start).split("\n");
    const before = above.pop() ?? "";
    const [behind = ""] = text.slice(end, end + LINES_REACH).split("\n");
    return (
      isOfAuthor(before) ||
      BY_NAME.test(before) ||
      OFFICER.test(before) ||
      isOthers(before, behind, above)
    );
  }

  /** In the order of the page; what stands in no text comes last. */
  list(): EmailFinding[] {
    const placeOf = ({ email }: EmailFinding): number => this.#places.get(email) ?? Infinity;
    return [...this.#found.values()].toSorted((one, other) =>
      placeOf(one) === placeOf(other) ? 0 : placeOf(one) - placeOf(other),
    );
  }
}

const localOf = (email: string): string => email.slice(0, email.lastIndexOf("@"));

const isNameOf = (name: string, local: string): boolean =>
  name.length <= 80 &&
  /^\p{Lu}[\p{L}\p{M}'’.-]+(?:\s[\p{L}\p{M}'’.-]+){1,4}$/u.test(name) &&
  fits(name.split(" "), local);

const AROUND = 90;
const LINES_REACH = 500;

/** The whole words on both sides of a place in a text. */
function wordsAround(text: string, start: number, end: number): string | null {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(start, end + AROUND);
  const whole = `${start > AROUND ? before.replace(/^\S*\s/, "") : before}${end + AROUND < text.length ? after.replace(/\s\S*$/, "") : after}`;
  return lineOrNull(whole, CAPS.context);
}

/** "Beans by Fernhollow Roasters (" right before an address: it is theirs. */
const BY_NAME =
  /(?<!\p{L})(?:by|von|par|da|por|van|av|from|de chez)\s\p{Lu}[\p{L}\p{N}&'’. -]{1,50}[\s(–—/-]*$/u;
/** Who is said to have a mailbox elsewhere. */
const OFFICER =
  /(?:datenschutzbeauftragte|data protection officer|délégué à la protection|delegado de protección|responsabile della protezione|encarregado d|colegio de |fotograf(?:ie|ía|ia) ?: )[^.|]{0,80}$/i;

/** laden-berlin.de and laden.com are one house. */
function isAkin(host: string, siteHost: string): boolean {
  const [one, other] = [host, siteHost].map((name) =>
    (registrableOf(name).split(".")[0] ?? "").replace(/[^\p{L}\p{N}]/gu, ""),
  ) as [string, string];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > 3 && long.includes(short);
}
