import type { EmailHiding } from "@scrapersky/outcome";
import { FormWatch } from "./forms.ts";
import type { InlineScript } from "./mail/scripts.ts";
import { TextMarks } from "./text-marks.ts";

/** A page with more addresses in its attributes is cut there. */
export const MAIL_TARGETS_MAX = 500;
const MAIL_SCRIPTS_MAX = 100;
const BLOBS_MAX = 100;

/** An address that an attribute holds, with the place in the text where its element stands. */
export interface MailTarget {
  /** As written: not yet judged. */
  email: string;
  /** The name that was given with it. */
  name: string | null;
  hidden: EmailHiding;
  at: number;
}
import type { Sign } from "./digit-lines.ts";

/** A frame that visitors see. */
export interface Frame {
  src: string;
  /** Part of a `<frameset>`, which has nothing beside its frames. */
  ofSet: boolean;
  /** Takes the whole window. */
  isWhole: boolean;
  /** Its size is given in pixels. */
  isSized: boolean;
}

/** What one pass over a page picked up. Strings may be slices of the page; what is kept beyond it is detached. */
export class Findings {
  title: string | undefined;
  h1: string | undefined;
  language = "";
  base: string | undefined;
  /** Visible text, one line per block. */
  text = "";
  /** The last piece of it: to ask the text for its end would put all its pieces together each time. */
  tail = "";
  /** What the markup said of places in it. */
  readonly marks = new TextMarks();
  /** The next text begins a line. */
  breaks = false;
  /** What visitors without scripts read, apart from the text. */
  noscript = "";
  images = 0;
  scripts = 0;
  logo: string | undefined;
  bodyClass = "";
  /** An element that frameworks draw their pages into. */
  spaRoot = false;
  /** An early inline script that sends the visitor elsewhere. */
  locationScript = false;
  /** Where to, when it says so in plain words. */
  locationTarget: string | undefined;
  privacyLink = false;
  /** href of each distinct link. */
  readonly links = new Set<string>();
  readonly linkRels: { rel: string; href: string; type: string; hreflang: string }[] = [];
  readonly metas: { name: string; content: string }[] = [];
  readonly jsonLd: string[] = [];
  readonly mailTargets: MailTarget[] = [];
  /** Inline scripts that may write an address. */
  readonly mailScripts: InlineScript[] = [];
  /** Data for scripts that may say more than mail. */
  readonly blobs: { type: string; body: string }[] = [];
  /** Links to call; `at` is the place in `text`. */
  readonly calls: { href: string; at: number }[] = [];
  /** Texts that only some visitors get: labels of links, descriptions of images. */
  readonly asides: string[] = [];
  /** Icons and classes that name a telephone or a fax. */
  readonly signs: Sign[] = [];
  readonly addresses: string[] = [];
  readonly frames: Frame[] = [];
  /** Links and frames that may show a map. */
  readonly maps = new Set<string>();
  /** Links with rel=me. */
  readonly own: string[] = [];
  readonly itemprops: { name: string; value: string }[] = [];
  readonly forms = new FormWatch();

  addMailScript(type: string, body: string): void {
    if (this.mailScripts.length < MAIL_SCRIPTS_MAX)
      this.mailScripts.push({ type, body, at: this.text.length });
  }

  addBlob(type: string, body: string): void {
    if (this.blobs.length < BLOBS_MAX) this.blobs.push({ type, body });
  }

  /** The place in `text` where what comes next will stand. */
  get here(): number {
    return this.text.length + (this.breaks && this.text !== "" ? 1 : 0);
  }
}
