import type { GatheredPage } from "../site/gathered.ts";

const PRIVACY =
  /privac|datenschutz|dsgvo|gdpr|confidentialit|privacidad|privacidade|cookie|integritet|personvern|personuppgift|terms|agb|conditions|cgv|cgu|nutzungsbedingungen|disclaimer/i;
const IMPRINT =
  /impressum|imprint|mentions|aviso|legal-notice|kontakt|contact|colofon|note-legali/i;

/** Whether a page is a policy: the addresses and numbers in it are those of authorities and of firms of the web. */
export const isPolicy = ({ facts }: GatheredPage): boolean => {
  const path = facts.url.slice(facts.url.indexOf("/", 8));
  return PRIVACY.test(path) && !IMPRINT.test(path);
};

/** The pages without the lines that only policies have; all of them where a site consists of nothing else. */
export function tellingPages(pages: readonly GatheredPage[]): GatheredPage[] {
  const policies = pages.filter(isPolicy);
  if (policies.length === 0 || policies.length === pages.length) return [...pages];
  const elsewhere = new Set<string>();
  for (const page of pages)
    if (!policies.includes(page)) for (const line of page.extract.lines) elsewhere.add(line.text);
  return pages.map((page) =>
    policies.includes(page)
      ? {
          ...page,
          extract: {
            ...page.extract,
            lines: page.extract.lines.filter((line) => elsewhere.has(line.text)),
          },
        }
      : page,
  );
}
