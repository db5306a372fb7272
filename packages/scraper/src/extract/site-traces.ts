import { detach } from "../text.ts";

const CLASSES_MAX = 4_000;
const ASSETS_MAX = 2_000;
const SCRIPTS_MAX = 400;
const GENERATORS_MAX = 30;
const SIGNATURES_MAX = 100;
const SIGNATURE_MAX = 400;
const SIGNED =
  /Yoast|Rank Math|All in One SEO|WP Rocket|W3 Total Cache|LiteSpeed Cache|This is Squarespace|HubSpot|Framer|SEOPress/;

/**
 * What a site's pages share. Pages of one site repeat their markup, so each distinct class, asset and inline script is
 * looked at once per site, not once per page.
 */
export class SiteTraces {
  /** Distinct class and id values of elements. */
  readonly classes = new Set<string>();
  /** Addresses of scripts, styles, frames and CMS media, as written. */
  readonly assets = new Set<string>();
  /** Values of `<meta name=generator>`. */
  readonly generators = new Set<string>();
  /** Comments that tools sign their output with. */
  readonly signatures = new Set<string>();
  /** Names of inline-script markers found. */
  readonly scriptMarkers = new Set<string>();
  /** Trade names of cards and wallets shown. */
  readonly payments = new Set<string>();
  readonly #scripts = new Set<string>();

  addClass(value: string): void {
    if (
      value !== "" &&
      value.length <= 1_000 &&
      !this.classes.has(value) &&
      this.classes.size < CLASSES_MAX
    ) {
      this.classes.add(detach(value));
    }
  }

  addAsset(value: string): void {
    if (value === "" || value.length > 1_000 || value.startsWith("data:")) return;
    if (!this.assets.has(value) && this.assets.size < ASSETS_MAX) this.assets.add(detach(value));
  }

  addGenerator(content: string): void {
    if (this.generators.size < GENERATORS_MAX) this.generators.add(detach(content.slice(0, 200)));
  }

  /** Takes a comment when a tool signed it. */
  addSignature(html: string, start: number, end: number): void {
    if (end - start > SIGNATURE_MAX || this.signatures.size >= SIGNATURES_MAX) return;
    const comment = html.slice(start, end);
    if (SIGNED.test(comment)) this.signatures.add(detach(comment.trim()));
  }

  /** True for a script that no page of this site had before. */
  isFreshScript(body: string): boolean {
    const key = `${body.length} ${body.slice(0, 80)} ${body.slice(-40)}`;
    if (this.#scripts.has(key) || this.#scripts.size >= SCRIPTS_MAX) return false;
    this.#scripts.add(detach(key));
    return true;
  }
}
