import type { LanguageFacts } from "@scrapersky/outcome";
import { languageOf } from "../extract/extract.ts";
import { headerOf } from "../fetch/sniff.ts";
import { firstOf, type Gathered, ownPages, unique } from "../site/gathered.ts";

const LANGUAGES_MAX = 40;

export function languagesOf(gathered: Gathered): LanguageFacts {
  const pages = ownPages(gathered);
  const header = headerOf(gathered.home.headers, "content-language").slice(0, 200);
  return {
    site:
      gathered.pages[0]?.facts.language ??
      firstOf(pages, ({ extract }) => extract.ogLocale) ??
      languageOf(header) ??
      firstOf(pages, ({ facts }) => facts.language),
    pages: unique(
      [
        ...header.split(",").map(languageOf),
        ...pages.flatMap(({ facts, extract }) => [facts.language, ...extract.hreflangs]),
      ].filter((language) => language !== null),
      LANGUAGES_MAX,
    ),
  };
}
