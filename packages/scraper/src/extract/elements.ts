import { type Attributes, SLOT } from "./attributes.ts";
import type { Captures } from "./captures.ts";
import type { ClassTraits } from "./class-traits.ts";
import type { Findings } from "./findings.ts";
import { frameSize } from "./frame-size.ts";
import { MailElements } from "./mail/elements.ts";
import { paymentOf } from "./payments.ts";
import { scanScript } from "./scripts.ts";
import type { AssetKind, SiteTraces } from "./site-traces.ts";
import { mayBeMap } from "../places/map-links.ts";
import { callInCode, isCallScheme } from "../phones/call-links.ts";
import { signOf } from "../phones/signs.ts";

const LINKS_MAX = 5_000;
const FRAMES_MAX = 20;
const METAS_MAX = 200;
const CALLS_MAX = 200;
const MAPS_MAX = 40;
const ASIDES_MAX = 200;
const SIGNS_MAX = 1_000;
/** Tags after an element of class "logo" in which its image is looked for. */
const LOGO_REACH = 4;

const SPA_ROOTS = new Set("root app __next __nuxt q-app svelte ___gatsby main-app".split(" "));
/** Folders and hosts of pictures that name the system which keeps them. */
const MEDIA =
  /\/wp-content\/|\/sites\/default\/files\/|\/fileadmin\/|\/cdn\/shop\/|\/hubfs\/|ctfassets\.net|storyblok\.com|sanity\.io|prismic\.io|datocms-assets\.com|getbento\.com|popmenucloud\.com|spotapps\.co/;
const COMMENTS_ID = /^(?:comments|disqus_thread|commentform)$/i;

/** Takes the facts of single elements: what their attributes say, without regard to where they stand. */
export class Elements {
  readonly #attributes: Attributes;
  readonly #findings: Findings;
  readonly #traces: SiteTraces;
  readonly #captures: Captures;
  readonly mail: MailElements;
  #logoWithin = 0;

  constructor(attributes: Attributes, findings: Findings, traces: SiteTraces, captures: Captures) {
    this.#attributes = attributes;
    this.#findings = findings;
    this.#traces = traces;
    this.#captures = captures;
    this.mail = new MailElements(attributes, findings);
  }

  /** Attributes that any element may have. */
  common(tag: string, traits: ClassTraits): void {
    const className = this.#attributes.get(SLOT.class);
    const id = this.#attributes.get(SLOT.id);
    if (traits.isLogo && tag !== "img") this.#logoWithin = LOGO_REACH;
    if (id !== "") {
      this.#traces.addClass(id);
      if (tag === "div" && SPA_ROOTS.has(id)) this.#findings.spaRoot = true;
      if (COMMENTS_ID.test(id)) this.#findings.forms.hasComments = true;
    }
    if (tag === "i" && className.includes("at")) this.mail.icon(className);
    if (this.#attributes.mayHoldContact) {
      this.mail.common();
      this.#callable();
    }
    for (const name of this.#attributes.marks) this.#traces.addAttribute(name);
    const sign = this.#traces.signOf(className);
    if (sign !== undefined) this.#sign(sign);
    const itemprop = this.#attributes.get(SLOT.itemprop);
    if (itemprop !== "") {
      this.#captures.openItemprop(
        itemprop,
        this.#attributes.get(SLOT.content) || this.#attributes.get(SLOT.datetime),
      );
    }
  }

  /** What the element itself is; false when it is none of those that carry facts. */
  own(tag: string): boolean {
    const { forms } = this.#findings;
    switch (tag) {
      case "a":
      case "area":
        this.#link();
        return true;
      case "img":
        this.#image();
        return true;
      case "meta":
        this.#meta();
        return true;
      case "link":
        this.#linkRel();
        return true;
      case "iframe":
        this.#traces.addAsset(this.#source(), "frame");
        return true;
      case "frame":
        this.frame(true);
        return true;
      case "object":
      case "embed":
        if (/^(?:text\/html)?$/i.test(this.#attributes.get(SLOT.type)))
          this.frame(false, tag === "embed" ? SLOT.src : SLOT.data);
        return true;
      case "h1":
        this.#captures.openH1();
        return true;
      case "address":
        this.#captures.openAddress();
        return true;
      case "form":
        this.mail.form(this.#attributes.get(SLOT.action));
        this.#traces.addForm(this.#attributes.get(SLOT.action));
        forms.open(
          [SLOT.action, SLOT.class, SLOT.id, SLOT.role]
            .map((slot) => this.#attributes.get(slot))
            .join(" "),
        );
        return true;
      case "input":
      case "textarea":
        this.mail.field(this.#attributes.get(SLOT.name), this.#attributes.get(SLOT.value));
        forms.field(tag, this.#attributes.get(SLOT.type), this.#attributes.get(SLOT.name));
        return true;
      case "html":
        if (this.#findings.language === "")
          this.#findings.language = this.#attributes.get(SLOT.lang);
        return true;
      case "body":
        this.#findings.bodyClass = this.#attributes.get(SLOT.class);
        return true;
      case "base":
        if (this.#findings.base === undefined && this.#attributes.get(SLOT.href) !== "") {
          this.#findings.base = this.#attributes.get(SLOT.href);
          this.#traces.setBase(this.#findings.base);
        }
        return true;
      case "app-root":
        this.#findings.spaRoot = true;
        return true;
    }
    if (this.#logoWithin > 0) this.#logoWithin--;
    return false;
  }

  /** Icons of cards and wallets are drawings that name themselves. */
  icon(): void {
    const payment = paymentOf(this.#attributes.get(SLOT["aria-labelledby"]));
    if (payment !== undefined) this.#traces.payments.add(payment);
  }

  /** A link of a drawing leads on as any other; its words are not those of the page. */
  drawnLink(): void {
    this.#link();
    this.#captures.close("a");
  }

  /** A frame whose content visitors see beside or instead of the page's own. */
  frame(ofSet: boolean, slot: number = SLOT.src): void {
    const src = this.#attributes.get(slot).trim();
    this.#map(src || this.#attributes.get(SLOT["data-src"]));
    const [width, height] = [this.#attributes.get(SLOT.width), this.#attributes.get(SLOT.height)];
    const style = this.#attributes.get(SLOT.style).slice(0, 500);
    if (src === "" || this.#findings.frames.length >= FRAMES_MAX) return;
    if (this.#attributes.has(SLOT.hidden)) return;
    const size = frameSize(width, height, style);
    if (size !== undefined) this.#findings.frames.push({ src, ofSet, ...size });
  }

  #link(): void {
    const written = this.#attributes.get(SLOT.href);
    const href = written.charCodeAt(0) <= 32 ? written.trim() : written;
    if (href === "") return;
    const first = href.charCodeAt(0) | 0x20;
    if (this.mail.link(href)) return;
    // none of the schemes to call begins as http, a path or a fragment does
    if (first !== 0x68 && first !== 0x2f && first !== 0x23 && isCallScheme(href)) {
      this.#call(href);
      return;
    }
    // "/tel:030…": somebody's editor took the number for a page
    const misled = href.indexOf("/tel:");
    if (misled !== -1 && misled < 8) {
      this.#call(href.slice(misled + 1));
      return;
    }
    if (this.#findings.links.size < LINKS_MAX) this.#findings.links.add(href);
    if (first === 0x67) this.#map(href);
    this.#own(this.#attributes.get(SLOT.rel), href);
    this.#captures.openAnchor(href);
  }

  /** Where it is loaded from, now or once it is seen or consented to. */
  #source(): string {
    const src = this.#attributes.get(SLOT.src);
    const isHeld = src === "" || src.startsWith("data:") || src.startsWith("about:");
    return isHeld ? this.#attributes.get(SLOT["data-src"]) || src : src;
  }

  /** What a tag loads by itself, wherever it stands. */
  loads(kind: AssetKind): void {
    this.#traces.addAsset(this.#source(), kind);
  }

  #own(rel: string, href: string): void {
    if (rel !== "" && this.#findings.own.length < CALLS_MAX && /(?:^|\s)me(?:\s|$)/i.test(rel))
      this.#findings.own.push(href);
  }

  #map(href: string): void {
    if (mayBeMap(href) && this.#findings.maps.size < MAPS_MAX) this.#findings.maps.add(href);
  }

  /** Numbers that other attributes than a link's hold. */
  #callable(): void {
    const number = this.#attributes.get(SLOT["data-phone"]);
    if (number !== "") this.#call(`tel:${number}`);
    const leads = this.#attributes.get(SLOT.onclick);
    const href = leads === "" ? undefined : callInCode(leads);
    if (href !== undefined) this.#call(href);
    // a button that opens somebody's calendar, or the address that a widget draws
    if (/^https?:/i.test(leads)) this.#traces.addScriptAddress(leads);
    else if (leads.includes("//")) scanScript(leads, this.#traces);
    for (const slot of [SLOT["aria-label"], SLOT.title]) {
      const label = this.#attributes.get(slot);
      if (label !== "") this.#aside(label);
    }
  }

  #call(href: string): void {
    if (this.#findings.calls.length < CALLS_MAX)
      this.#findings.calls.push({ href, at: this.#findings.here });
  }

  #sign(sign: string): void {
    if (this.#findings.signs.length < SIGNS_MAX)
      this.#findings.signs.push({ at: this.#findings.here, sign });
  }

  /** A label or description that names a telephone, a fax, or one of their numbers. */
  #aside(text: string): void {
    if (text.length > 200) return;
    if (/\d{3}/.test(text)) {
      if (this.#findings.asides.length < ASIDES_MAX) this.#findings.asides.push(text);
      return;
    }
    const sign = signOf(text);
    if (sign !== undefined) this.#sign(sign);
  }

  #image(): void {
    this.#findings.images++;
    const src = this.#source();
    const alt = this.#attributes.get(SLOT.alt);
    this.mail.image(src, alt);
    if (MEDIA.test(src)) this.#traces.addAsset(src, "image");
    if (alt !== "") this.#aside(alt);
    const payment = paymentOf(alt) ?? paymentOf(src);
    if (payment !== undefined) this.#traces.payments.add(payment);
    if (this.#findings.logo !== undefined || src === "" || src.startsWith("data:")) return;
    const names = `${this.#attributes.get(SLOT.class)} ${this.#attributes.get(SLOT.id)} ${src.slice(0, 500)}`;
    if (this.#logoWithin > 0 || /logo/i.test(names) || /\blogo\b/i.test(alt))
      this.#findings.logo = src;
  }

  #meta(): void {
    const content = this.#attributes.get(SLOT.content);
    const pragma = this.#attributes.get(SLOT["http-equiv"]);
    const name =
      (/^\s*refresh\s*$/i.test(pragma) ? "refresh" : this.#attributes.get(SLOT.name)) ||
      this.#attributes.get(SLOT.property) ||
      pragma;
    if (content === "" || name === "" || this.#findings.metas.length >= METAS_MAX) return;
    const key = name.toLowerCase();
    if (key === "generator") this.#traces.addGenerator(content);
    else this.#traces.addMeta(key);
    this.#findings.metas.push({ name: key, content });
  }

  #linkRel(): void {
    const href = this.#attributes.get(SLOT.href);
    const rel = this.#attributes.get(SLOT.rel).toLowerCase();
    if (href === "" || this.mail.link(href) || rel === "") return;
    this.#own(rel, href);
    if (/stylesheet|load|api\.w\.org/.test(rel)) this.#traces.addAsset(href, "style");
    else if (this.#findings.linkRels.length < METAS_MAX) {
      const type = this.#attributes.get(SLOT.type).toLowerCase();
      this.#findings.linkRels.push({
        rel,
        href,
        type,
        hreflang: this.#attributes.get(SLOT.hreflang),
      });
    }
  }
}
