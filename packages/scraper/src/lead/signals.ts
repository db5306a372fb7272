import type { SignalFacts, TechnologyCategory, TechnologyFacts } from "@scrapersky/outcome";
import type { SiteTraces } from "../extract/site-traces.ts";
import { headerOf } from "../fetch/sniff.ts";
import { type Gathered, ownPages } from "../site/gathered.ts";
import { isoTime } from "../site/site-facts.ts";

const COOKIE_MARKUP =
  /cookie[-_ ]?(?:banner|notice|consent|bar|law|popup|modal|dialog|message|overlay|box)|(?:^|[\s_-])(?:cc-window|cc-banner|cky-consent|gdpr-cookie|consent-banner|consent-manager|onetrust-banner|cmplz-cookiebanner|tarteaucitron|klaro|iubenda-cs)/i;

/** What the site offers and how it shows itself. */
export function signalsOf(
  gathered: Gathered,
  technologies: readonly TechnologyFacts[],
): SignalFacts {
  const pages = ownPages(gathered);
  const { flags, home, traces } = gathered;
  const uses = (...categories: TechnologyCategory[]) =>
    technologies.some(({ category }) => categories.includes(category));
  return {
    contactForm: pages.some(({ facts }) => facts.hasContactForm),
    shop: uses("E-commerce"),
    booking: uses("Booking", "Table booking"),
    blog: pages.some(({ facts }) => facts.pageType === "blog"),
    newsletter: pages.some(({ extract }) => extract.newsletterForm),
    cookieNotice: uses("Consent") || hasCookieMarkup(traces),
    privacyPolicy: pages.some(({ extract }) => extract.privacyLink),
    lastModified: isoTime(headerOf(home.headers, "last-modified")),
    parked: flags.has("parked"),
    needsJs: flags.has("needs_js"),
    botWall: gathered.botWall,
  };
}

function hasCookieMarkup(traces: SiteTraces): boolean {
  for (const value of traces.classes.keys()) if (COOKIE_MARKUP.test(value)) return true;
  return false;
}
