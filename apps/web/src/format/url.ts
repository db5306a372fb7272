/** The address when it is http(s), else null: scraped text must never become a javascript: or data: link. */
export const safeHttpUrl = (text: string | null): string | null => {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
};

/** "https://www.acme.example/a/" → "www.acme.example/a", for reading, not for following. */
export const readableUrl = (text: string): string =>
  text.replace(/^https?:\/\//, "").replace(/\/$/, "");

/** Path and query of an http(s) address, "/" for the home page; any other text as it is. */
export const pathOf = (text: string): string => {
  const safe = safeHttpUrl(text);
  if (safe === null) return text;
  const url = new URL(safe);
  return url.pathname + url.search;
};
