/** What a class attribute says of its element, whatever the element is. */
export interface ClassTraits {
  isLogo: boolean;
  /** What customers and readers said. */
  isQuote: boolean;
  /** Hides it on every screen. */
  isHidden: boolean;
  /** A post in a list of them, as content systems and builders name it. */
  isTeaser: boolean;
}

const LOGO = /\blogo\b|[-_]logo|logo[-_]/i;
const QUOTE = /(?:^|[\s_-])(?:testimonials?|reviews?|quotes?|comments?|commentlist)(?:$|[\s_-])/i;
const HIDDEN = /(?:^|\s)(?:hidden|d-none|hide|nospam|no-spam|antispam|anti-spam)(?:\s|$)/;
/** Classes that show on wider screens what another class hides. */
const SHOWS_AGAIN = /(?:^|\s)(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-|show-)/;
const TEASER =
  /(?:^|\s)(?:type-post|elementor-post|et_pb_post|post-card|gh-card|entry-card|teaser|(?:blog|news)[-_]?(?:post|item|card|entry|teaser)|post[-_](?:item|teaser|preview|summary|entry))(?:\s|$)/;
const OTHER_TYPE = /(?:^|\s)type-(?!post)/;

export const NO_TRAITS: ClassTraits = {
  isLogo: false,
  isQuote: false,
  isHidden: false,
  isTeaser: false,
};

/** To be asked for each distinct class of a site once. */
export const traitsOf = (className: string): ClassTraits => ({
  isLogo: LOGO.test(className),
  isQuote: QUOTE.test(className),
  isHidden: HIDDEN.test(className) && !SHOWS_AGAIN.test(className),
  isTeaser: TEASER.test(className) && !OTHER_TYPE.test(className),
});
