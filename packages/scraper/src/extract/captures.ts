import type { Findings } from "./findings.ts";

/** An open element whose text is wanted for itself. */
interface Capture {
  text: string;
  max: number;
}

const ADDRESSES_MAX = 20;
const ITEMPROPS_MAX = 200;
const PRIVACY =
  /privac(?:y|idad)|datenschutz|confidentialit|privatlivs|privacybeleid|プライバシー|個人情報|персональн/i;

/** Collects the text of headings, addresses, links and microdata while they are open. */
export class Captures {
  readonly #findings: Findings;
  #h1: Capture | undefined;
  #address: Capture | undefined;
  #anchor: Capture | undefined;
  #itemprop: { name: string; capture: Capture } | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  write(piece: string): void {
    if (this.#anchor !== undefined) append(this.#anchor, piece);
    if (this.#h1 !== undefined) append(this.#h1, piece);
    if (this.#address !== undefined) append(this.#address, piece);
    if (this.#itemprop !== undefined) append(this.#itemprop.capture, piece);
  }

  /** A block or line break parts words of a heading and lines of an address. */
  part(): void {
    if (this.#h1 !== undefined) append(this.#h1, " ");
    if (this.#address !== undefined) append(this.#address, "\n");
  }

  openH1(): void {
    if (this.#findings.h1 === undefined && this.#h1 === undefined)
      this.#h1 = { text: "", max: 2_000 };
  }

  openAddress(): void {
    if (this.#findings.addresses.length < ADDRESSES_MAX) this.#address = { text: "", max: 600 };
  }

  openAnchor(href: string): void {
    this.#endAnchor();
    this.#anchor = { text: "", max: 60 };
    if (!this.#findings.privacyLink && PRIVACY.test(href)) this.#findings.privacyLink = true;
  }

  /** A microdata property whose value is its element's text, unless an attribute gives it. */
  openItemprop(name: string, value: string): void {
    const { itemprops } = this.#findings;
    if (itemprops.length >= ITEMPROPS_MAX) return;
    if (value !== "") {
      itemprops.push({ name, value });
      return;
    }
    this.#endItemprop();
    this.#itemprop = { name, capture: { text: "", max: 300 } };
  }

  close(tag: string): void {
    if (tag === "a") this.#endAnchor();
    else if (tag === "h1") this.#endH1();
    else if (tag === "address") this.#endAddress();
    this.#endItemprop();
  }

  closeAll(): void {
    this.#endAnchor();
    this.#endH1();
    this.#endAddress();
    this.#endItemprop();
  }

  #endAnchor(): void {
    if (
      this.#anchor !== undefined &&
      !this.#findings.privacyLink &&
      PRIVACY.test(this.#anchor.text)
    ) {
      this.#findings.privacyLink = true;
    }
    this.#anchor = undefined;
  }

  #endH1(): void {
    if (this.#h1 !== undefined && this.#h1.text.trim() !== "") this.#findings.h1 ??= this.#h1.text;
    this.#h1 = undefined;
  }

  #endAddress(): void {
    if (this.#address !== undefined) this.#findings.addresses.push(this.#address.text);
    this.#address = undefined;
  }

  #endItemprop(): void {
    if (this.#itemprop === undefined) return;
    this.#findings.itemprops.push({
      name: this.#itemprop.name,
      value: this.#itemprop.capture.text,
    });
    this.#itemprop = undefined;
  }
}

function append(capture: Capture, piece: string): void {
  if (capture.text.length < capture.max) capture.text += piece;
}
