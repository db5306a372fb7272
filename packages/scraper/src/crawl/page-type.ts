import type { PageType } from "@scrapersky/outcome";

const WORDS: readonly (readonly [Exclude<PageType, "home" | "other">, RegExp])[] = [
  [
    "contact",
    /contac?t|kontakt|contatt|contato|find-us|get-in-touch|reach-us|anfahrt|toiawase|inquiry|enquir|locations?(?:[/.]|$)|directions/,
  ],
  [
    "legal",
    /privacy|impressum|imprint|datenschutz|legal|terms|agb|mentions|confidentialit|privacidad|aviso|cookie|gdpr|disclaimer|conditions|polic(?:y|ies)|tokushoho/,
  ],
  [
    "about",
    /about|ueber-?uns|uber-?uns|%C3%BCber|nosotros|quienes|sobre|a-propos|qui-sommes|chi-siamo|our-(?:story|team)|team|staff|company|history|who-we-are|meet-|gaiyo/i,
  ],
  ["blog", /blog|news|article|journal|actualit|aktuell|noticias|stories|\/20\d\d\/\d\d/],
  [
    "product",
    /product|shop|store|collections?|item|catalog|katalog|tienda|boutique|menu|preise|pricing/,
  ],
];

/** What a page is for, judged by the words of its address in the common languages. */
export function pageTypeOf(url: URL): PageType {
  const path = url.pathname.toLowerCase();
  if (path === "/" && url.search === "") return "home";
  const text = path + url.search.toLowerCase();
  for (const [type, words] of WORDS) if (words.test(text)) return type;
  return "other";
}
