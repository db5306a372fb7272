import type { EmailHiding } from "@scrapersky/outcome";
import { mayHoldContacts } from "../data/contacts.ts";
import { type Attributes, SLOT } from "../attributes.ts";
import { type Findings, MAIL_TARGETS_MAX } from "../findings.ts";
import { isHiding } from "../open-ranges.ts";
import { asciiHost, isMailDomain } from "./accept.ts";
import { mayHoldMail } from "./scripts.ts";
import { spelt, targetsOf } from "./targets.ts";
import { revealBase64, revealCloudflare, revealRot13, turnToMailto } from "./uncloak.ts";

const RECIPIENT_FIELD =
  /^_?(?:recipients?|to|send_?to|e?mail_?to|mailto|empf(?:ae|ä)nger|destinataire|destinatario|destinat[aá]rio|mottagare)$/i;
/** A picture of "@", by what it says of itself or by its file. */
const AT_SIGN =
  /^[([{]?\s?(?:@|at|arroba|arobase|klammeraffe|chiocciola|at[- ]sign|at[- ]symbol)\s?[)\]}]?$/i;
const AT_FILE =
  /(?:^|[/_-])(?:at|at[-_]?(?:sign|symbol|zeichen)|arroba|klammeraffe|chiocciola|snabel-?a)\.(?:gif|png|jpe?g|svg|webp)(?:\?|$)/i;
const AT_ICON =
  /(?:^|\s)(?:fa-at|icon-at|bi-at|mdi-at|ti-at|ri-at-line|at-sign|atsign|icon-arroba|la-at)(?:\s|$)/;

/** Takes the addresses that attributes hold: links, forms, data for scripts, and pictures of an "@". */
export class MailElements {
  readonly #attributes: Attributes;
  readonly #findings: Findings;

  constructor(attributes: Attributes, findings: Findings) {
    this.#attributes = attributes;
    this.#findings = findings;
  }

  /** True when the link is one of mail, and no address of the web. */
  link(href: string): boolean {
    if (!mayBeMail(href)) return false;
    if (this.#findings.mailTargets.length >= MAIL_TARGETS_MAX) return /^\s*mailto:/i.test(href);
    const found = targetsOf(href);
    if (found === undefined) {
      if (/^\s*javascript:/i.test(href)) this.script(decoded(href));
      return false;
    }
    // a link that nobody can click is there for machines
    if (isHiding(this.#attributes.get(SLOT.style))) return true;
    for (const { email, name } of found.targets)
      this.#add(email, found.encoded ? "encoded" : "mailto", name);
    return true;
  }

  /** Of what visitors without scripts see, only how to write to the site. */
  only(tag: string): void {
    if (tag === "a") this.link(this.#attributes.get(SLOT.href));
    else if (tag === "form") this.form(this.#attributes.get(SLOT.action));
  }

  form(action: string): void {
    if (mayBeMail(action)) this.link(action);
  }

  field(name: string, value: string): void {
    if (value.includes("@") && RECIPIENT_FIELD.test(name)) this.#add(value, "data");
  }

  /** A script in an attribute. */
  script(body: string): void {
    if (body !== "" && mayHoldMail(body)) this.#findings.addMailScript("", body);
  }

  /** What any element may carry. */
  common(): void {
    const attributes = this.#attributes;
    const cloudflare = attributes.get(SLOT["data-cfemail"]);
    if (cloudflare !== "") this.#cloudflare(cloudflare);
    for (const slot of [SLOT["data-email"], SLOT["data-enc-email"]]) {
      const value = attributes.get(slot);
      if (value !== "") this.#data(value);
    }
    const token = attributes.get(SLOT["data-mailto-token"]);
    if (token !== "") this.#add(turnToMailto(token) ?? "", "encoded");
    const domain = attributes.get(SLOT["data-domain"]);
    if (domain !== "") this.#parts(domain);
    const first = attributes.get(SLOT.first);
    if (first !== "") this.#joomla(first, attributes.get(SLOT.last));
    const data = attributes.get(SLOT["data-page"]);
    if (data.includes("@")) this.#findings.addMailScript("application/json", data);
    if (data.includes(":") && mayHoldContacts(data))
      this.#findings.addBlob("application/json", data);
    const code = attributes.get(SLOT.onclick);
    if (code !== "" && !this.link(code)) this.script(code);
    for (const slot of [SLOT.title, SLOT["aria-label"]]) {
      const text = attributes.get(slot);
      if (text.includes("@")) this.#add(text, "plain");
    }
  }

  image(src: string, alt: string): void {
    if (alt.includes("@") && alt.length > 5) this.#add(alt, "written");
    else if (AT_SIGN.test(alt) || (alt === "" && AT_FILE.test(src))) this.#drawAt();
  }

  icon(className: string): void {
    if (AT_ICON.test(className)) this.#drawAt();
  }

  /** Only right behind a letter: elsewhere the sign is an icon beside an address. */
  #drawAt(): void {
    const findings = this.#findings;
    if (findings.breaks || !/[\p{L}\p{N}]$/u.test(findings.tail)) return;
    findings.marks.drawn.add(findings.text.length);
    findings.text += "@";
    findings.tail = "@";
  }

  #cloudflare(code: string): void {
    const plain = revealCloudflare(code);
    for (const { email, name } of plain === undefined
      ? []
      : (targetsOf(`mailto:${plain}`)?.targets ?? []))
      this.#add(email, "encoded", name);
  }

  #data(value: string): void {
    if (this.#findings.mailTargets.length >= MAIL_TARGETS_MAX) return;
    const plain =
      value.includes("@") || /[[(/]a?t?[\])/]/i.test(value) ? value : revealBase64(value);
    if (plain === undefined) return;
    const email = spelt(plain).trim();
    const host = asciiHost(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
    const isTurned = host === undefined || !isMailDomain(host);
    this.#add(
      (isTurned ? revealRot13(email) : email).replace(/^mailto:/i, ""),
      value.includes("@") && !isTurned ? "data" : "encoded",
    );
  }

  /** `<joomla-hidden-mail first="…" last="…">`: both parts in base64. */
  #joomla(first: string, last: string): void {
    const [local, host] = [first, last].map((part) => Buffer.from(part, "base64").toString("utf8"));
    if (/^[\w.+-]{1,64}$/.test(local ?? "")) this.#add(`${local}@${host}`, "encoded");
  }

  /** The parts of an address, each in an attribute of its own. */
  #parts(domain: string): void {
    const attributes = this.#attributes;
    const local = attributes.get(SLOT["data-user"]) || attributes.get(SLOT["data-name"]);
    const ending = attributes.get(SLOT["data-tld"]);
    if (!/^[\w.+-]{1,64}$/.test(local)) return;
    const host = `${domain}${ending === "" ? "" : `.${ending.replace(/^\./, "")}`}`;
    // a style sheet turns both parts around
    const isTurned = !isMailDomain(host.toLowerCase()) && isMailDomain(turned(host).toLowerCase());
    this.#add(isTurned ? `${turned(local)}@${turned(host)}` : `${local}@${host}`, "encoded");
  }

  #add(text: string, hidden: EmailHiding, name: string | null = null): void {
    const { mailTargets } = this.#findings;
    if (text.length > 5 && mailTargets.length < MAIL_TARGETS_MAX)
      mailTargets.push({ email: text, name, hidden, at: this.#findings.text.length });
  }
}

/** Most links are ruled out by their first letter, or by plain search. */
function mayBeMail(href: string): boolean {
  const first = href[0];
  if (first === "#") return false;
  if (first === "/" && href[1] !== "/") return /^\/cdn-cgi\/l\/email|\/mailto:/.test(href);
  if (href.includes("@") || href.includes("%40")) return true;
  return (
    href.includes("/cdn-cgi/l/email") ||
    /^\s*(?:mailto|malto|mailo|maito|mail-to|e-?mail|javascript|znvygb)\s*(?::|%3a)/i.test(href)
  );
}

const turned = (text: string): string => text.slice(0, 300).split("").toReversed().join("");

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
