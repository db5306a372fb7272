import type { BestPhone, PageFacts, PhoneFacts } from "@scrapersky/outcome";

const URGENT =
  /emergenc|notdienst|notruf|not-?fall|24 ?\/ ?7|after.?hours|urgenc|urgence|emergenza|pronto/i;

/**
 * The number to call first: of the site's country before foreign ones, for talk before WhatsApp and emergencies, one that
 * can be clicked or that structured data names, on most pages, on the contact page or the imprint, the first met.
 */
export function bestPhoneOf(
  phones: readonly PhoneFacts[],
  callingCode: string | undefined,
  pages: readonly PageFacts[],
): BestPhone | null {
  const [only] = phones;
  if (only === undefined) return null;
  if (phones.length === 1) return { e164: only.e164, rule: "It is the only number of the site." };
  const told = new Set(
    pages
      .filter(({ pageType }) => pageType === "contact" || pageType === "legal")
      .map(({ url }) => url),
  );
  const isHome = ({ e164 }: PhoneFacts) =>
    callingCode === undefined || e164.startsWith(`+${callingCode}`);
  const isTalk = ({ from, label }: PhoneFacts) => from !== "whatsapp" && !URGENT.test(label ?? "");
  const isGiven = ({ from }: PhoneFacts) => from === "tel" || from === "json_ld";
  const isTold = (phone: PhoneFacts) => phone.pages.some((page) => told.has(page));
  const marks = (phone: PhoneFacts): number[] => [
    Number(isHome(phone)),
    Number(isTalk(phone)),
    Number(isGiven(phone)),
    phone.pages.length,
    Number(isTold(phone)),
  ];
  const best = phones.reduce((one, other) => (isAbove(marks(other), marks(one)) ? other : one));
  const reasons = [
    best.from === "tel"
      ? "a link to call it"
      : best.from === "json_ld"
        ? "named by structured data"
        : best.from === "whatsapp"
          ? "a link to WhatsApp"
          : "written in the text",
    `on ${best.pages.length} of ${pages.length} ${pages.length === 1 ? "page" : "pages"}`,
    ...(isTold(best) ? ["one of them a contact page or imprint"] : []),
    ...(callingCode !== undefined && isHome(best) ? ["of the site's country"] : []),
  ];
  return { e164: best.e164, rule: `Of ${phones.length} numbers this is ${reasons.join(", ")}.` };
}

function isAbove(one: readonly number[], other: readonly number[]): boolean {
  for (let index = 0; index < one.length; index++) {
    const difference = (one[index] as number) - (other[index] as number);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
