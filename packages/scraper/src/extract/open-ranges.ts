import { type Attributes, SLOT } from "./attributes.ts";
import type { ClassTraits } from "./class-traits.ts";
import type { Manner, TextMarks } from "./text-marks.ts";

const STYLE_MAX = 50_000;
const CLASSES_MAX = 50;
const HIDES = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i;
/** Whether a style attribute keeps its element from being seen. */
export const isHiding = (style: string): boolean => style !== "" && HIDES.test(style);
const REVERSES = /(?:bidi|isolate)-override/i;
const RIGHT_TO_LEFT = /direction\s*:\s*rtl/i;
/** One class by itself, and what its rule says. */
const CLASS_RULE = /\.([\w-]{1,60})\s*\{([^{}]{0,300})\}/g;

/** An element whose text is shown otherwise, and is still open. */
interface Open {
  tag: string;
  /** Elements of the same name that are open in it. */
  inner: number;
  start: number;
}

/** Watches for elements that do not show their text as it stands, and marks it when they close. */
export class OpenRanges {
  readonly #marks: TextMarks;
  readonly #open = new Map<Manner, Open>();
  readonly #reversing = new Set<string>();
  readonly #hiding = new Set<string>();

  constructor(marks: TextMarks) {
    this.#marks = marks;
  }

  /** Takes the classes of a style sheet in the page that hide text or turn it around. */
  readStyle(html: string, start: number, end: number): void {
    if (end - start > STYLE_MAX) return;
    const css = html.slice(start, end);
    if (!css.includes("none") && !css.includes("-override")) return;
    for (const [, name = "", rule = ""] of css.matchAll(CLASS_RULE)) {
      if (REVERSES.test(rule) && RIGHT_TO_LEFT.test(rule)) add(this.#reversing, name);
      else if (HIDES.test(rule)) add(this.#hiding, name);
    }
  }

  open(
    tag: string,
    isBlock: boolean,
    attributes: Attributes,
    traits: ClassTraits,
    place: number,
  ): void {
    if (this.#open.size > 0)
      for (const open of this.#open.values()) if (open.tag === tag) open.inner++;
    // what is struck out does no longer hold
    if (tag === "del" || tag === "s" || tag === "strike") this.#begin("hidden", tag, place);
    if (tag === "blockquote" || tag === "cite" || tag === "q") this.#begin("quoted", tag, place);
    if (tag === "article" && traits.isTeaser) this.#begin("teaser", tag, place);
    if (tag === "code" || tag === "samp" || tag === "kbd") this.#begin("code", tag, place);
    if (attributes.isEmpty) return;
    const style = attributes.get(SLOT.style);
    const className = attributes.get(SLOT.class);
    if (traits.isQuote && tag !== "body") this.#begin("quoted", tag, place);
    if (this.#reverses(tag, style, className, attributes)) this.#begin("reversed", tag, place);
    // whole blocks are hidden until they are asked for; a piece of a line is hidden for good
    if (!isBlock && tag !== "a" && (traits.isHidden || this.#hides(style, className, attributes)))
      this.#begin("hidden", tag, place);
  }

  #reverses(tag: string, style: string, className: string, attributes: Attributes): boolean {
    if (this.#reversing.size > 0 && hasOneOf(className, this.#reversing)) return true;
    const overrides = tag === "bdo" || (style.includes("bidi") && REVERSES.test(style));
    return (
      overrides && (RIGHT_TO_LEFT.test(style) || attributes.get(SLOT.dir).toLowerCase() === "rtl")
    );
  }

  #hides(style: string, className: string, attributes: Attributes): boolean {
    if (isHiding(style) || attributes.has(SLOT.hidden)) return true;
    return this.#hiding.size > 0 && hasOneOf(className, this.#hiding);
  }

  #begin(manner: Manner, tag: string, start: number): void {
    if (!this.#open.has(manner)) this.#open.set(manner, { tag, inner: 0, start });
  }

  close(tag: string, place: number): void {
    if (this.#open.size === 0) return;
    for (const [manner, open] of this.#open) {
      if (open.tag !== tag) continue;
      if (open.inner > 0) {
        open.inner--;
        continue;
      }
      this.#marks.range(manner, open.start, place);
      this.#open.delete(manner);
    }
  }

  closeAll(place: number): void {
    for (const [manner, open] of this.#open) this.#marks.range(manner, open.start, place);
    this.#open.clear();
  }
}

const add = (names: Set<string>, name: string): void => {
  if (names.size < CLASSES_MAX) names.add(name);
};

const hasOneOf = (className: string, names: ReadonlySet<string>): boolean =>
  className.length > 0 &&
  className.length < 200 &&
  className.split(" ").some((name) => names.has(name));
