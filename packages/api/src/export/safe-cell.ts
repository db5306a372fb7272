/** What a spreadsheet may take for a formula. */
const MAY_BE_FORMULA = /^[=+\-@\t\r]/;
/** Phones and numbers, which arrive as they are where they are taken over by machines. */
const IS_PLAIN = /^[\d +().-]+$/;

/** A text as a spreadsheet shows it and does not run it. */
export const safeCell = (text: string): string =>
  MAY_BE_FORMULA.test(text) && !IS_PLAIN.test(text) ? `'${text}` : text;
