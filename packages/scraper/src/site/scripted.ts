import type { Extract } from "../extract/extract.ts";

const SHELL_WORDS_MAX = 50;
const SHELL_LINKS_MAX = 3;
const SAMPLE_LENGTH = 60_000;
/** What shells tell visitors without scripts, in the languages of their builders. */
const ASKS_FOR_SCRIPT =
  /(?:enable|activate|turn on|requires?|needs?|without|aktiviere?n?|einschalten|ben(?:ö|oe)tigt|activez|activer|habilit[ae]r?|activ[ae]r?|abilita|attiva|ative|schakel|aktivera|有効)[^<]{0,60}java ?script|java ?script[^<]{0,60}(?:enabled|activated|required|aktivier|einschalten|ben(?:ö|oe)tigt|activ[ée]|habilitad|abilitat|ativad|ingeschakeld|aktiver|有効)/i;
/** Files that bundlers give the names of programs. */
const BUNDLE =
  /<script[^>]{0,300}\bsrc\s*=\s*["']?(?!\/cdn-cgi\/)[^"'>\s]{0,300}(?:\b(?:main|app|bundle|index|chunk|runtime|vendors?|polyfills|client|entry|boot)\b[\w.~-]{0,60}\.m?js|\/_next\/|\/_nuxt\/|\/_app\/|\/_astro\/)/i;

/** Whether the page is a shell that scripts fill. */
export function needsJs({ page, spaRoot, scripts, links, images }: Extract, html: string): boolean {
  if (scripts === 0 || page.wordCount >= SHELL_WORDS_MAX || links.length >= SHELL_LINKS_MAX)
    return false;
  if (spaRoot) return true;
  const sample = html.slice(0, SAMPLE_LENGTH);
  if (page.wordCount === 0 && images === 0 && BUNDLE.test(sample)) return true;
  return ASKS_FOR_SCRIPT.test(sample);
}

/** Whether the page does nothing but send its visitor elsewhere by script. */
export const isJsRedirect = (extract: Extract): boolean =>
  extract.page.wordCount < 20 && extract.locationScript && extract.links.length < 3;
