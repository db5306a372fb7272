import { FormWatch } from "./forms.ts";

/** A frame that visitors see. */
export interface Frame {
  src: string;
  /** Part of a `<frameset>`, which has nothing beside its frames. */
  ofSet: boolean;
  /** Takes the whole window. */
  isWhole: boolean;
}

/** What one pass over a page picked up. Strings may be slices of the page; what is kept beyond it is detached. */
export class Findings {
  title: string | undefined;
  h1: string | undefined;
  language = "";
  base: string | undefined;
  /** Visible text, one line per block. */
  text = "";
  images = 0;
  scripts = 0;
  logo: string | undefined;
  bodyClass = "";
  /** An element that frameworks draw their pages into. */
  spaRoot = false;
  /** An early inline script that sends the visitor elsewhere. */
  locationScript = false;
  privacyLink = false;
  /** href of each distinct link. */
  readonly links = new Set<string>();
  readonly linkRels: { rel: string; href: string; type: string; hreflang: string }[] = [];
  readonly metas: { name: string; content: string }[] = [];
  readonly jsonLd: string[] = [];
  /** `at` is the place in `text`. */
  readonly mailtos: { href: string; at: number }[] = [];
  readonly hiddenEmails: { code: string; at: number }[] = [];
  readonly tels: string[] = [];
  readonly addresses: string[] = [];
  readonly frames: Frame[] = [];
  readonly itemprops: { name: string; value: string }[] = [];
  readonly forms = new FormWatch();
}
