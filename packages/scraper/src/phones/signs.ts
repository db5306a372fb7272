/** Signs that classes and labels leave in a line. People type ☎; ☏ is ours, and yields to a word before it. */
export const CALL_SIGN = "☏";
export const FAX_SIGN = "℻";

const HINT = /fax|tel|phone|whatsapp|hotline|copie/i;
const FAX = /(?:^|[^a-z])(?:tele)?fax(?:[^a-z]|$)|[a-z]Fax(?![a-z])|télécopie/i;
const CALL =
  /(?:^|[^a-z])(?:telephone|telefono?|telefoon|tel|phone|whatsapp|hotline)(?:[^a-z]|$)|[a-z]Phone(?![a-z])/;

/** The sign for what a class, a label or the name of an image says; undefined when it names neither telephone nor fax. */
export function signOf(name: string): string | undefined {
  if (name.length > 300 || !HINT.test(name)) return undefined;
  if (FAX.test(name)) return CALL.test(name) ? CALL_SIGN : FAX_SIGN;
  return CALL.test(name) ? CALL_SIGN : undefined;
}
