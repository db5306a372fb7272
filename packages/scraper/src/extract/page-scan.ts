import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { SLOT, SLOTS, slotOf } from "./attributes.ts";
import { FormWatch } from "./forms.ts";
import type { SiteTraces } from "./seen.ts";
import { scanScript } from "./scripts.ts";
import { paymentOf } from "./payments.ts";

const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter output q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
/** An unclosed <svg> ends where the HTML parser would break out of it. */
const BREAKS_SVG = new Set(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(
    " ",
  ),
);
const SIGNED_COMMENT =
  /Yoast|Rank Math|All in One SEO|WP Rocket|W3 Total Cache|LiteSpeed Cache|This is Squarespace|HubSpot|Framer|SEOPress/;

const LINKS_MAX = 5_000;
const JSON_LD_MAX = 50;
const TEXT_MAX = 2_000_000;

/** An open element whose text is wanted for itself. */
interface Capture {
  text: string;
  max: number;
}

/**
 * One pass over a page with htmlparser2's tokenizer. It keeps no tree and no stack: a few flags say where it is, so
 * neither memory nor time grows with nesting. Strings in its fields may be slices of the page; whoever keeps them
 * beyond the page detaches them.
 */
export class PageScan implements TokenizerCallbacks {
  title: string | undefined;
  h1: string | undefined;
  language = "";
  base: string | undefined;
  /** Visible text, one line per block. */
  text = "";
  images = 0;
  /** href of links, and whether their words speak of privacy. */
  readonly links = new Set<string>();
  readonly linkRels: { rel: string; href: string; type: string; hreflang: string }[] = [];
  readonly metas: { name: string; content: string }[] = [];
  readonly jsonLd: string[] = [];
  readonly mailtos: { href: string; at: number }[] = [];
  readonly tels: string[] = [];
  readonly hiddenEmails: { code: string; at: number }[] = [];
  readonly addresses: string[] = [];
  readonly itemprops: { name: string; value: string }[] = [];
  logo: string | undefined;
  spaRoot = false;
  scripts = 0;
  locationScript = false;
  privacyLink = false;
  bodyClass = "";
  readonly forms = new FormWatch();

  readonly #html: string;
  readonly #traces: SiteTraces;
  readonly #values: string[] = Array.from({ length: SLOTS }, () => "");
  #filled = 0;
  #tag = "";
  #slot = -1;
  #value = "";
  #raw: "script" | "style" | "title" | "textarea" | "" = "";
  #scriptType = "";
  #rawText = "";
  #svg = 0;
  #hidden = 0;
  #break = false;
  #h1: Capture | undefined;
  #address: Capture | undefined;
  #anchor: Capture | undefined;
  #itemprop: { name: string; capture: Capture } | undefined;
  #logoWithin = 0;

  constructor(html: string, traces: SiteTraces) {
    this.#html = html;
    this.#traces = traces;
  }

  run(): void {
    const tokenizer = new Tokenizer({}, this);
    tokenizer.write(this.#html);
    tokenizer.end();
  }

  isInForeignContext(): boolean {
    return this.#svg > 0;
  }

  onopentagname(start: number, end: number): void {
    this.#tag = lower(this.#html.slice(start, end));
    if (this.#filled !== 0) {
      this.#values.fill("");
      this.#filled = 0;
    }
  }

  onattribname(start: number, end: number): void {
    this.#slot = end - start > 15 ? -1 : slotOf(this.#html.slice(start, end));
    this.#value = "";
  }

  onattribdata(start: number, end: number): void {
    if (this.#slot === -1) return;
    const piece = this.#html.slice(start, end);
    this.#value = this.#value === "" ? piece : this.#value + piece;
  }

  onattribentity(codepoint: number): void {
    if (this.#slot !== -1) this.#value += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    const slot = this.#slot;
    if (slot === -1) return;
    const bit = 1 << slot;
    // of a repeated attribute the first one counts
    if ((this.#filled & bit) !== 0) return;
    this.#filled |= bit;
    this.#values[slot] = this.#value;
  }

  onopentagend(): void {
    this.#open(false);
  }

  onselfclosingtag(): void {
    this.#open(true);
  }

  onclosetag(start: number, end: number): void {
    this.#close(lower(this.#html.slice(start, end)));
  }

  ontext(start: number, end: number): void {
    if (this.#raw !== "") {
      if (this.#raw !== "style") this.#rawText += this.#html.slice(start, end);
      return;
    }
    if (this.#svg > 0 || this.#hidden > 0) return;
    if (isBlank(this.#html, start, end)) {
      this.#write(" ");
      return;
    }
    this.#write(this.#html.slice(start, end));
  }

  ontextentity(codepoint: number): void {
    const character = String.fromCodePoint(codepoint);
    if (this.#raw !== "") this.#rawText += character;
    else if (this.#svg === 0 && this.#hidden === 0) this.#write(character);
  }

  oncomment(start: number, end: number, offset: number): void {
    if (end - start > 400) return;
    const comment = this.#html.slice(start, end - offset);
    if (SIGNED_COMMENT.test(comment)) this.#traces.signatures.add(` ${comment}`.slice(1).trim());
  }

  onend(): void {
    if (this.#raw !== "") this.#endRaw();
    this.#endCaptures();
    this.forms.close();
  }

  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}

  #write(piece: string): void {
    if (this.#break) {
      this.#break = false;
      if (this.text.length > 0) this.text += "\n";
    }
    if (this.text.length < TEXT_MAX) this.text += piece;
    if (this.#anchor !== undefined) append(this.#anchor, piece);
    if (this.#h1 !== undefined) append(this.#h1, piece);
    if (this.#address !== undefined) append(this.#address, piece);
    if (this.#itemprop !== undefined) append(this.#itemprop.capture, piece);
  }

  #attribute(slot: number): string {
    return (this.#filled & (1 << slot)) === 0 ? "" : (this.#values[slot] as string);
  }

  #open(selfClosing: boolean): void {
    const tag = this.#tag;
    if (tag === "svg") {
      if (!selfClosing) this.#svg++;
      this.#icon();
      return;
    }
    if (this.#svg > 0) {
      if (!BREAKS_SVG.has(tag)) return;
      this.#svg = 0;
    }
    if (!INLINE.has(tag)) this.#break = true;
    if (this.#filled !== 0) this.#commonAttributes(tag);
    switch (tag) {
      case "script":
        this.#openScript();
        return;
      case "style":
        this.#raw = "style";
        return;
      case "textarea":
        this.#raw = "textarea";
        this.forms.field("textarea", "", this.#attribute(SLOT.name));
        return;
      case "title":
        this.#raw = "title";
        this.#rawText = "";
        return;
      case "noscript":
      case "template":
        this.#hidden++;
        return;
    }
    if (this.#hidden > 0) {
      if (tag === "iframe") this.#traces.addAsset(this.#attribute(SLOT.src));
      return;
    }
    this.#element(tag);
  }

  #commonAttributes(tag: string): void {
    const className = this.#attribute(SLOT.class);
    const id = this.#attribute(SLOT.id);
    if (className !== "") {
      this.#traces.addClass(className);
      if (tag !== "img" && /\blogo\b|[-_]logo|logo[-_]/i.test(className)) this.#logoWithin = 4;
    }
    if (id !== "") {
      this.#traces.addClass(id);
      if (tag === "div" && isSpaRoot(id)) this.spaRoot = true;
      if (/^comments$|^disqus_thread$|^commentform$/i.test(id)) this.forms.hasComments = true;
    }
    const code = this.#attribute(SLOT["data-cfemail"]);
    if (code !== "") this.hiddenEmails.push({ code, at: this.text.length });
    const itemprop = this.#attribute(SLOT.itemprop);
    if (itemprop !== "" && this.itemprops.length < 200) this.#openItemprop(itemprop);
  }

  #openItemprop(name: string): void {
    const value = this.#attribute(SLOT.content) || this.#attribute(SLOT.datetime);
    if (value !== "") {
      this.itemprops.push({ name, value });
      return;
    }
    this.#endItemprop();
    this.#itemprop = { name, capture: { text: "", max: 300 } };
  }

  #element(tag: string): void {
    switch (tag) {
      case "a":
      case "area":
        this.#link();
        return;
      case "img":
        this.#image();
        return;
      case "meta":
        this.#meta();
        return;
      case "link":
        this.#linkRel();
        return;
      case "iframe":
        this.#traces.addAsset(this.#attribute(SLOT.src));
        return;
      case "h1":
        if (this.h1 === undefined && this.#h1 === undefined) this.#h1 = { text: "", max: 2_000 };
        return;
      case "address":
        if (this.addresses.length < 20) this.#address = { text: "", max: 600 };
        return;
      case "form":
        this.forms.open(
          this.#attribute(SLOT.action),
          this.#attribute(SLOT.class),
          this.#attribute(SLOT.id),
          this.#attribute(SLOT.role),
        );
        return;
      case "input":
        this.forms.field("input", this.#attribute(SLOT.type), this.#attribute(SLOT.name));
        return;
      case "html":
        if (this.language === "") this.language = this.#attribute(SLOT.lang);
        return;
      case "body":
        this.bodyClass = this.#attribute(SLOT.class);
        return;
      case "base":
        if (this.#attribute(SLOT.href) !== "") this.base ??= this.#attribute(SLOT.href);
        return;
      case "br":
        if (this.#h1) this.#h1.text += " ";
        if (this.#address) this.#address.text += ", ";
        return;
      case "app-root":
        this.spaRoot = true;
        return;
    }
    if (this.#logoWithin > 0) this.#logoWithin--;
    if (this.#h1) this.#h1.text += " ";
    if (this.#address && !INLINE.has(tag)) this.#address.text += ", ";
  }

  #close(tag: string): void {
    if (this.#raw !== "") {
      this.#endRaw();
      return;
    }
    if (tag === "svg") {
      if (this.#svg > 0) this.#svg--;
      return;
    }
    if (this.#svg > 0) return;
    if (!INLINE.has(tag)) this.#break = true;
    if (tag === "noscript" || tag === "template") {
      if (this.#hidden > 0) this.#hidden--;
      return;
    }
    switch (tag) {
      case "a":
        this.#endAnchor();
        break;
      case "h1":
        this.#endH1();
        break;
      case "address":
        this.#endAddress();
        break;
      case "form":
        this.forms.close();
        break;
    }
    this.#endItemprop();
  }

  #link(): void {
    const href = this.#attribute(SLOT.href);
    if (href === "") return;
    const first = href.charCodeAt(0) | 0x20;
    // "mailto:", "tel:" and Cloudflare's hidden addresses start with m, t or contain their marker
    if (first === 0x6d && /^mailto:/i.test(href)) {
      if (this.mailtos.length < 500) this.mailtos.push({ href, at: this.text.length });
      return;
    }
    if (first === 0x74 && /^tel:/i.test(href)) {
      if (this.tels.length < 200) this.tels.push(href);
      return;
    }
    const hidden = href.indexOf("/cdn-cgi/l/email-protection#");
    if (hidden !== -1) {
      this.hiddenEmails.push({ code: href.slice(hidden + 28), at: this.text.length });
      return;
    }
    if (this.links.size < LINKS_MAX) this.links.add(href);
    this.#endAnchor();
    this.#anchor = { text: "", max: 60 };
    if (PRIVACY.test(href)) this.privacyLink = true;
  }

  #image(): void {
    this.images++;
    const src = this.#attribute(SLOT.src) || this.#attribute(SLOT["data-src"]);
    const alt = this.#attribute(SLOT.alt);
    if (
      src.includes("/wp-content/") ||
      src.includes("wixstatic.") ||
      src.includes("squarespace-cdn.") ||
      src.includes("/cdn/shop/")
    ) {
      if (this.#traces.assets.size < 60) this.#traces.addAsset(src);
    }
    const payment = paymentOf(alt) ?? paymentOf(src);
    if (payment !== undefined) this.#traces.payments.add(payment);
    if (this.logo !== undefined || src === "" || src.startsWith("data:")) return;
    const named =
      /logo/i.test(this.#attribute(SLOT.class)) ||
      /logo/i.test(this.#attribute(SLOT.id)) ||
      /logo/i.test(src) ||
      /\blogo\b/i.test(alt);
    if (named || this.#logoWithin > 0) this.logo = src;
  }

  #icon(): void {
    const payment = paymentOf(this.#attribute(SLOT["aria-labelledby"]));
    if (payment !== undefined) this.#traces.payments.add(payment);
  }

  #meta(): void {
    const content = this.#attribute(SLOT.content);
    const name =
      this.#attribute(SLOT.name) ||
      this.#attribute(SLOT.property) ||
      this.#attribute(SLOT["http-equiv"]);
    if (content === "" || name === "" || this.metas.length >= 200) return;
    const key = name.toLowerCase();
    if (key === "generator" && this.#traces.generators.size < 30)
      this.#traces.generators.add(` ${content.slice(0, 200)}`.slice(1));
    this.metas.push({ name: key, content });
  }

  #linkRel(): void {
    const href = this.#attribute(SLOT.href);
    const rel = this.#attribute(SLOT.rel).toLowerCase();
    if (href === "" || rel === "") return;
    if (
      rel.includes("stylesheet") ||
      rel.includes("load") ||
      rel.includes("preconnect") ||
      rel.includes("dns-prefetch") ||
      rel.includes("api.w.org")
    ) {
      this.#traces.addAsset(rel.includes("api.w.org") ? `api.w.org ${href}` : href);
      return;
    }
    if (this.linkRels.length < 200) {
      this.linkRels.push({
        rel,
        href,
        type: this.#attribute(SLOT.type).toLowerCase(),
        hreflang: this.#attribute(SLOT.hreflang),
      });
    }
  }

  #openScript(): void {
    this.scripts++;
    this.#raw = "script";
    this.#rawText = "";
    this.#scriptType = this.#attribute(SLOT.type).toLowerCase();
    const src = this.#attribute(SLOT.src);
    if (src !== "") this.#traces.addAsset(src);
  }

  #endRaw(): void {
    const kind = this.#raw;
    const body = this.#rawText;
    this.#raw = "";
    this.#rawText = "";
    if (kind === "title") {
      if (this.#svg === 0 && this.#hidden === 0) this.title ??= body;
      return;
    }
    if (kind !== "script" || body === "") return;
    if (this.#scriptType === "application/ld+json") {
      if (this.jsonLd.length < JSON_LD_MAX) this.jsonLd.push(body);
      return;
    }
    if (
      this.scripts <= 3 &&
      body.length < 5_000 &&
      /\blocation(?:\.href)?\s*=|location\.(?:replace|assign)\(/.test(body)
    )
      this.locationScript = true;
    if (body.length < 200_000 && this.#traces.isFreshScript(body))
      scanScript(body, this.#traces.scriptMarkers);
  }

  #endAnchor(): void {
    if (this.#anchor !== undefined && !this.privacyLink && PRIVACY.test(this.#anchor.text))
      this.privacyLink = true;
    this.#anchor = undefined;
  }

  #endH1(): void {
    if (this.#h1 !== undefined && this.#h1.text.trim() !== "") this.h1 ??= this.#h1.text;
    this.#h1 = undefined;
  }

  #endAddress(): void {
    if (this.#address !== undefined) this.addresses.push(this.#address.text);
    this.#address = undefined;
  }

  #endItemprop(): void {
    if (this.#itemprop === undefined) return;
    this.itemprops.push({ name: this.#itemprop.name, value: this.#itemprop.capture.text });
    this.#itemprop = undefined;
  }

  #endCaptures(): void {
    this.#endAnchor();
    this.#endH1();
    this.#endAddress();
    this.#endItemprop();
  }
}

const PRIVACY =
  /privac(?:y|idad)|datenschutz|confidentialit|privatlivs|privacybeleid|プライバシー|個人情報|персональн/i;

const isSpaRoot = (id: string): boolean =>
  id === "root" ||
  id === "app" ||
  id === "__next" ||
  id === "__nuxt" ||
  id === "q-app" ||
  id === "svelte" ||
  id === "___gatsby" ||
  id === "main-app";

function append(capture: Capture, piece: string): void {
  if (capture.text.length < capture.max) capture.text += piece;
}

const lower = (name: string): string => {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code >= 65 && code <= 90) return name.toLowerCase();
  }
  return name;
};

function isBlank(html: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) if (html.charCodeAt(index) > 32) return false;
  return true;
}
