import { folded, type PageWords } from "./contender.ts";

/** A page's words, of what `scrape()` and `extract()` say of it. */
export const ourWords = (page: {
  title: string | null;
  description: string | null;
  h1: string | null;
  canonicalUrl: string | null;
  metaRobots: string | null;
  language: string | null;
  schemaTypes: readonly string[];
  hasContactForm: boolean;
}): PageWords => ({
  title: folded(page.title),
  description: folded(page.description),
  h1: folded(page.h1),
  canonical: folded(page.canonicalUrl),
  robots: folded(page.metaRobots),
  language: folded(page.language),
  schemaTypes: [...new Set(page.schemaTypes)].toSorted(),
  hasForm: page.hasContactForm,
});
