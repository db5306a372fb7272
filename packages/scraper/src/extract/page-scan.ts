import { Attributes, SLOT } from "./attributes.ts";
import { Captures } from "./captures.ts";
import { NO_TRAITS } from "./class-traits.ts";
import { Elements } from "./elements.ts";
import { Findings } from "./findings.ts";
import { mayHoldContacts } from "./data/contacts.ts";
import { isData, mayHoldMail } from "./mail/scripts.ts";
import { OpenRanges } from "./open-ranges.ts";
import { scanScript } from "./scripts.ts";
import type { SiteTraces } from "./site-traces.ts";
import { tagName } from "./tag-names.ts";
import { tokenize, type TokenSink } from "./tokenizer.ts";

const names = (list: string): Set<string> => new Set(list.split(" "));

const INLINE = names(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter output q s samp small span strike strong sub sup time tt u var wbr",
);
/** An unclosed <svg> ends where the HTML parser would break out of it. */
const BREAKS_SVG = names(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
);
const LEAVES_PAGE =
  /\blocation(?:\.href)?\s*=(?:\s*["']([^"'\\\n]{1,500})["'])?|location\.(?:replace|assign)\((?:\s*["']([^"'\\\n]{1,500})["'])?/;

/** Elements whose content is text to browsers, whatever tags it seems to hold; of the last three nobody sees it. */
type RawTag = "script" | "style" | "title" | "textarea" | "iframe" | "noembed" | "noframes";
const RAW = names("script style title textarea iframe noembed noframes");
const KEPT_RAW = names("script title textarea");
const isRaw = (tag: string): tag is RawTag => RAW.has(tag);

const JSON_LD_TYPE = /^\s*(?:application|text)\/(?:(?:[\w.-]+\+)?ld\+json|json\+ld)\s*(?:;|$)/;
const JSON_LD_MAX = 50;
const TEXT_MAX = 2_000_000;
const NOSCRIPT_MAX = 50_000;
const SCRIPT_MAX = 200_000;
const AT = 0x40;
/** A script that only sends visitors on is among the first and short. */
const LOCATION_SCRIPTS_MAX = 3;
const LOCATION_SCRIPT_MAX = 5_000;

/** Reads a page in one pass; marks that all pages of a site share go to `traces`. Never throws. */
export function scanPage(html: string, traces: SiteTraces): Findings {
  const scan = new PageScan(html, traces);
  tokenize(html, scan);
  return scan.findings;
}

/**
 * Stands behind the tokenizer. It keeps no tree and no stack: a few flags say where it is, so neither memory
 * nor time grows with nesting.
 */
class PageScan implements TokenSink {
  readonly findings = new Findings();
  readonly #html: string;
  readonly #traces: SiteTraces;
  readonly #attributes = new Attributes();
  readonly #captures = new Captures(this.findings);
  readonly #elements: Elements;
  readonly #ranges = new OpenRanges(this.findings.marks);
  #tag = "";
  /** The element whose content is text to the tokenizer. */
  #raw: RawTag | "" = "";
  #rawText = "";
  #scriptType = "";
  #svg = 0;
  /** Depth in <noscript> and <template>. */
  #hidden = 0;
  #template = 0;

  constructor(html: string, traces: SiteTraces) {
    this.#html = html;
    this.#traces = traces;
    this.#elements = new Elements(this.#attributes, this.findings, traces, this.#captures);
  }

  isInForeignContext(): boolean {
    return this.#svg > 0;
  }

  onopentagname(start: number, end: number): void {
    this.#tag = tagName(this.#html, start, end);
    this.#attributes.clear();
  }

  onattribname(start: number, end: number): void {
    this.#attributes.begin(this.#html, start, end);
  }

  onattribdata(start: number, end: number): void {
    this.#attributes.addSlice(this.#html, start, end);
  }

  onattribentity(codepoint: number): void {
    this.#attributes.addCharacter(codepoint);
  }

  onattribend(): void {
    this.#attributes.end();
  }

  onopentagend(): void {
    this.#open(false);
  }

  onselfclosingtag(): void {
    this.#open(true);
  }

  onclosetag(start: number, end: number): void {
    this.#close(tagName(this.#html, start, end));
  }

  ontext(start: number, end: number): void {
    if (this.#raw !== "") {
      if (this.#raw === "style") this.#ranges.readStyle(this.#html, start, end);
      else if (KEPT_RAW.has(this.#raw)) this.#rawText += this.#html.slice(start, end);
      return;
    }
    if (this.#svg > 0) return;
    if (this.#hidden > 0) {
      if (this.#template === 0) this.#addNoscript(this.#html.slice(start, end));
      return;
    }
    if (isBlank(this.#html, start, end)) {
      this.#write(" ");
      return;
    }
    const piece = this.#html.slice(start, end);
    // a line break of the source is a blank; those of the text part blocks
    this.#write(piece.includes("\n") ? piece.replaceAll("\n", " ") : piece);
  }

  ontextentity(codepoint: number): void {
    const character = String.fromCodePoint(codepoint);
    if (this.#raw !== "") this.#rawText += character;
    else if (this.#svg > 0) return;
    else if (this.#hidden > 0) {
      if (this.#template === 0) this.#addNoscript(character);
    } else {
      this.#write(character);
      if (codepoint === AT) this.findings.marks.encoded.add(this.findings.text.length - 1);
    }
  }

  oncomment(start: number, end: number): void {
    this.#traces.addComment(this.#html, start, end);
  }

  onend(): void {
    if (this.#raw !== "") this.#endRaw();
    this.#captures.closeAll();
    this.#ranges.closeAll(this.findings.text.length);
    this.findings.forms.close();
  }

  #write(piece: string): void {
    const { findings } = this;
    if (findings.breaks) {
      findings.breaks = false;
      if (findings.text.length > 0) findings.text += "\n";
    }
    if (findings.text.length < TEXT_MAX) findings.text += piece;
    findings.tail = piece;
    this.#captures.write(piece);
  }

  #addNoscript(piece: string): void {
    const { findings } = this;
    if (findings.noscript.length < NOSCRIPT_MAX) findings.noscript += piece;
  }

  #open(selfClosing: boolean): void {
    const tag = this.#tag;
    if (tag === "svg") {
      if (!selfClosing) this.#svg++;
      this.#elements.icon();
      return;
    }
    if (this.#svg > 0) {
      if (tag === "a") this.#elements.drawnLink();
      if (!BREAKS_SVG.has(tag)) return;
      this.#svg = 0;
    }
    const isBlock = !INLINE.has(tag);
    if (isBlock) this.findings.breaks = true;
    else this.findings.marks.edge(this.findings.text.length, tag === "a");
    const className = this.#attributes.get(SLOT.class);
    const traits = className === "" ? NO_TRAITS : this.#traces.traitsOf(className);
    this.#ranges.open(tag, isBlock, this.#attributes, traits, this.findings.text.length);
    if (!this.#attributes.isEmpty) this.#elements.common(tag, traits);
    if (tag === "noscript" || tag === "template") {
      this.#hidden++;
      if (tag === "template") this.#template++;
      return;
    }
    if (this.#openRaw(tag)) return;
    if (this.#hidden > 0) {
      // who counts visits leaves an image for visitors without scripts
      if (tag === "img") this.#elements.loads("image");
      if (this.#template === 0) this.#elements.mail.only(tag);
      if (isBlock) this.#addNoscript("\n");
      return;
    }
    if (!this.#elements.own(tag) && isBlock) this.#captures.part();
  }

  #openRaw(tag: string): boolean {
    if (!isRaw(tag)) return false;
    this.#raw = tag;
    this.#rawText = "";
    if (tag === "textarea") this.#elements.own(tag);
    if (tag === "iframe") {
      // tag managers leave their id in a frame for visitors without scripts
      this.#elements.own(tag);
      if (this.#hidden === 0) this.#elements.frame(false);
    }
    if (tag === "script") {
      this.findings.scripts++;
      this.#scriptType = this.#attributes.get(SLOT.type).toLowerCase();
      if (this.#scriptType.startsWith("text/x-")) this.#traces.addClass(this.#scriptType);
      this.#elements.loads("script");
    }
    return true;
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
    this.#ranges.close(tag, this.findings.text.length);
    if (INLINE.has(tag)) this.findings.marks.edge(this.findings.text.length, tag === "a");
    else this.findings.breaks = true;
    if (tag === "noscript" || tag === "template") {
      if (this.#hidden > 0) this.#hidden--;
      if (tag === "template" && this.#template > 0) this.#template--;
      return;
    }
    if (tag === "form") this.findings.forms.close();
    this.#captures.close(tag);
  }

  #endRaw(): void {
    const kind = this.#raw;
    const body = this.#rawText;
    this.#raw = "";
    this.#rawText = "";
    if (kind === "title" && this.#hidden === 0) this.findings.title ??= body;
    if (kind === "script" && body !== "") this.#script(body);
  }

  #script(body: string): void {
    const { findings } = this;
    if (JSON_LD_TYPE.test(this.#scriptType)) {
      if (findings.jsonLd.length < JSON_LD_MAX) findings.jsonLd.push(body);
      if (this.#traces.isFreshScript(body)) scanScript(body.slice(0, SCRIPT_MAX), this.#traces);
      return;
    }
    if (mayHoldMail(body)) findings.addMailScript(this.#scriptType, body);
    if (isData(this.#scriptType, body) && mayHoldContacts(body))
      findings.addBlob(this.#scriptType, body);
    const early = findings.scripts <= LOCATION_SCRIPTS_MAX && body.length < LOCATION_SCRIPT_MAX;
    const leaves = early ? LEAVES_PAGE.exec(body) : null;
    if (leaves !== null) {
      findings.locationScript = true;
      findings.locationTarget ??= leaves[1] ?? leaves[2];
    }
    if (this.#traces.isFreshScript(body)) scanScript(body.slice(0, SCRIPT_MAX), this.#traces);
  }
}

function isBlank(html: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) if (html.charCodeAt(index) > 32) return false;
  return true;
}
