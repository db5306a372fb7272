const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** "US" → "United States"; a code that names no country as it is. */
export const countryName = (code: string): string => nameBy(regions, code);

/** "de" → "German"; a tag that names no language as it is. */
export const languageName = (tag: string): string => nameBy(languages, tag);

function nameBy(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "contact_form" → "Contact form": a word of programs as people read it. */
export const readableWord = (word: string): string => {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const NETWORKS: Record<string, string> = {
  linkedin: "LinkedIn",
  youtube: "YouTube",
  tiktok: "TikTok",
  whatsapp: "WhatsApp",
  xing: "XING",
  x: "X",
};

/** Of a social network, as it writes itself. */
export const networkName = (network: string): string => NETWORKS[network] ?? readableWord(network);
