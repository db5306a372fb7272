// The product tells people what to type. In a checkout that is npm, in a release its own command.
const SPOKEN: [RegExp, string][] = [
  [/npm run (db|staff) -- /g, "scrapersky $1 "],
  [/npm run (db|staff)\b/g, "scrapersky $1"],
  [/npm start -- /g, "scrapersky all "],
  [/npm start/g, "scrapersky all"],
  [/\[-- flags\]/g, "[flags]"],
];

/** A text of the product as a release says it. */
export function sayAsReleased(text: string): string {
  return SPOKEN.reduce((said, [typed, command]) => said.replaceAll(typed, command), text);
}
