import { signOf } from "../phones/signs.ts";
import { detach } from "../text.ts";
import { type ClassTraits, traitsOf } from "./class-traits.ts";

const CLASSES_MAX = 4_000;
const CLASS_MAX = 1_000;
const ASSETS_MAX = 2_000;
const IMAGES_MAX = 120;
const SCRIPT_ADDRESSES_MAX = 1_000;
const FORMS_MAX = 200;
const NAMES_MAX = 300;
const SCRIPTS_MAX = 400;
const GENERATORS_MAX = 30;
const COMMENTS_MAX = 100;
const COMMENT_MAX = 400;
const ADDRESS_MAX = 1_000;
/** Comments worth keeping begin with a word of whoever wrote the page's tools, not with markup that was switched off. */
const SIGNED = /^[\s*=/-]*\w[^<>]*$/;

export type AssetKind = "script" | "style" | "frame" | "image";

/** Where something was seen first. */
export interface Trace {
  page: URL;
}

/** An address that a tag loads. */
export interface AssetTrace extends Trace {
  kind: AssetKind;
}

/**
 * What a site's pages share. Pages of one site repeat their markup, so each distinct class, asset and inline script is
 * looked at once per site, not once per page; the first page it stood on is kept with it.
 */
export class SiteTraces {
  /** Distinct class and id values of elements, as written; types of scripts that no browser runs. */
  readonly classes = new Map<string, Trace>();
  /** Names of `data-` attributes that products are known by. */
  readonly attributes = new Map<string, Trace>();
  /** Addresses of scripts, styles, frames and some images, as written or resolved against a foreign `<base>`. */
  readonly assets = new Map<string, AssetTrace>();
  /** Addresses in strings of inline scripts. */
  readonly scriptAddresses = new Map<string, Trace>();
  /** What inline scripts name of what products are known by. */
  readonly words = new Map<string, Trace>();
  /** Ids of measuring accounts in inline scripts: "GTM-…", "G-…", "UA-…", "AW-…", "DC-…". */
  readonly ids = new Map<string, Trace>();
  /** Addresses that forms are sent to. */
  readonly forms = new Map<string, Trace>();
  /** Names of `<meta>` elements, lower case. */
  readonly metas = new Map<string, Trace>();
  /** Values of `<meta name=generator>`. */
  readonly generators = new Map<string, Trace>();
  /** Comments, first lines of them, that may be signatures of tools. */
  readonly comments = new Map<string, Trace>();
  /** Trade names of cards and wallets shown. */
  readonly payments = new Set<string>();
  readonly #scripts = new Set<string>();
  readonly #traits = new Map<string, ClassTraits>();
  /** Signs of telephone or fax for the classes that name one. */
  readonly #signs = new Map<string, string>();
  #images = 0;
  #trace: Trace = { page: new URL("about:blank") };
  /** Of a page whose `<base>` makes short addresses those of another host. */
  #base: URL | undefined;

  /** What follows stands on this page. */
  beginPage(page: URL): void {
    this.#trace = { page };
    this.#base = undefined;
  }

  setBase(href: string): void {
    const base = URL.parse(href, this.#trace.page.href);
    if (base !== null && base.host !== this.#trace.page.host) this.#base = base;
  }

  addClass(value: string): void {
    if (value.length > CLASS_MAX || !this.#add(this.classes, value, CLASSES_MAX)) return;
    const sign = signOf(value);
    if (sign !== undefined) this.#signs.set(detach(value), sign);
  }

  /** What a class says of its elements; takes the class, too. */
  traitsOf(className: string): ClassTraits {
    const known = this.#traits.get(className);
    if (known !== undefined) return known;
    this.addClass(className);
    const traits = traitsOf(className);
    if (className.length <= CLASS_MAX && this.#traits.size < CLASSES_MAX)
      this.#traits.set(detach(className), traits);
    return traits;
  }

  /** What a class says of the number that follows; most sites have no class that says anything. */
  signOf(className: string): string | undefined {
    return className === "" || this.#signs.size === 0 ? undefined : this.#signs.get(className);
  }

  addAttribute(name: string): void {
    this.#add(this.attributes, name, NAMES_MAX);
  }

  addAsset(written: string, kind: AssetKind): void {
    if (written === "" || written.length > ADDRESS_MAX || written.startsWith("data:")) return;
    const value =
      this.#base === undefined ? written : (URL.parse(written, this.#base.href)?.href ?? written);
    const known = this.assets.get(value);
    if (known !== undefined) {
      if (known.kind === "image" && kind !== "image") known.kind = kind;
      return;
    }
    if (this.assets.size >= ASSETS_MAX) return;
    if (kind === "image" && this.#images++ >= IMAGES_MAX) return;
    this.assets.set(detach(value), { page: this.#trace.page, kind });
  }

  addScriptAddress(address: string): void {
    if (address.length <= ADDRESS_MAX)
      this.#add(this.scriptAddresses, address, SCRIPT_ADDRESSES_MAX);
  }

  addWord(word: string): void {
    this.#add(this.words, word, NAMES_MAX);
  }

  addId(id: string): void {
    this.#add(this.ids, id, NAMES_MAX);
  }

  addForm(action: string): void {
    if (action.length <= ADDRESS_MAX) this.#add(this.forms, action, FORMS_MAX);
  }

  addMeta(name: string): void {
    if (name.length <= 60) this.#add(this.metas, name, NAMES_MAX);
  }

  addGenerator(content: string): void {
    this.#add(this.generators, content.slice(0, 200), GENERATORS_MAX);
  }

  /** Takes a comment that can be a tool's signature. */
  addComment(html: string, start: number, end: number): void {
    if (end - start < 8 || end - start > COMMENT_MAX || this.comments.size >= COMMENTS_MAX) return;
    const comment = html.slice(start, end);
    if (SIGNED.test(comment))
      this.#add(this.comments, comment.replace(/^[\s*=/-]+/, ""), COMMENTS_MAX);
  }

  /** True for a script that no page of this site had before. */
  isFreshScript(body: string): boolean {
    const key = `${body.length} ${body.slice(0, 80)} ${body.slice(-40)}`;
    if (this.#scripts.has(key) || this.#scripts.size >= SCRIPTS_MAX) return false;
    this.#scripts.add(detach(key));
    return true;
  }

  /** True for a value that was not there before. */
  #add(to: Map<string, Trace>, value: string, max: number): boolean {
    if (value === "" || to.has(value) || to.size >= max) return false;
    to.set(detach(value), this.#trace);
    return true;
  }
}
