import type { SitePlace } from "../places/site-places.ts";
import { isOthers } from "../extract/others.ts";
import type { GatheredPage } from "../site/gathered.ts";
import { CAPS, lineOrNull } from "../text.ts";

const FORM = String.raw`(?:GmbH(?: ?& ?Co\.? ?(?:KGaA|KG|OHG))?|gGmbH|mbH|UG(?: ?\(haftungsbeschränkt\))?|AG(?: ?& ?Co\.? ?KG)?|KG|OHG|GbR|PartG(?: ?mbB)?|e\. ?K(?:fm|fr)?\.|e\.K|e\. ?V\.|e\.V|e\. ?U\.|eG|Ges\.? ?m\.? ?b\.? ?H\.?|Pty\.? Ltd\.?|Pvt\.? Ltd\.?|Private Limited|Ltd\.?|Limited|LLC|L\.L\.C\.|PLLC|Inc\.?|Incorporated|Corp\.?|Corporation|LLP|L\.P\.|PLC|plc|S\.L\.U\.?|S\.L\.?|SLU|SL|S\.A\. de C\.V\.|SA de CV|S\. ?de R\. ?L\. ?de C\. ?V\.|S\.A\.S\.?|S\.A\.?|SARL|S\.A\.R\.L\.?|SAS|SASU|EURL|SCI|SNC|S\.r\.l\.?s?|S\.R\.L\.|Srls?|SRL|S\.p\.A\.|SpA|S\.n\.c\.|S\.a\.s\.|B\.V\.|BV|N\.V\.|V\.O\.F\.|VOF|Aktiebolag|HB|Oy|Oyj|ApS|A\/S|AS|Ltda\.?|LTDA|EIRELI|EPP|Sp\. ?z ?o\. ?o\.|s\. ?r\. ?o\.|Kft\.?|d\.o\.o\.|K\.K\.|Co\.?,? Ltd\.?)`;
/** Forms that are states and provinces as well: behind a comma or before a postcode "ME" is Maine. */
const FORM_OR_STATE = String.raw`(?<!, )(?:ME|NV|AB)(?! (?:\d{5}(?!-\d{3}\b)|[A-Z]\d[A-Z]))`;
const MAY_HAVE_FORM =
  /[A-Z]{2}|Ltd|Limited|Inc|mbH|Corp|e\. ?[KVU]|eG|[A-Z]\. ?[A-Z]\.|S\.r|S\.p|Oy|Kft|ApS|A\/S|Srl|SpA|Sp\.|s\. ?r\.|d\.o|Aktie|Part|Ges|株式|有限|合同|社団/;
const WITH_FORM = new RegExp(
  String.raw`(?:^|[\s|:©·•"„“(,])((?:[\p{Lu}\d][\p{L}\p{M}\p{N}.'’&+\-]*|[\p{Ll}]{2,}[\p{Lu}][\p{L}]*|&|\+|und|and|y|et|e|de|del|di|da|do|van|der|für|for|of|the|by),? ){1,7}(?:${FORM}|${FORM_OR_STATE})(?![\p{L}\p{N}])`,
  "u",
);
/** The French put the form first: "SARL Boulangerie Dupont". */
const FORM_FIRST =
  /(?:^|[\s|:©·•"„“(,])(?:SARL|S\.A\.R\.L\.?|SASU?|S\.A\.S\.?|EURL|E\.U\.R\.L\.?|SNC|SCOP) (?:\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*)(?: (?:\p{Lu}[\p{L}\p{M}\p{N}.'’&-]*|&|et|de|du|des|la|le|les)){0,5}/u;
const JAPANESE =
  /(?:株式会社|有限会社|合同会社|一般社団法人)[ 　]?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーA-Za-z0-9・]{1,25}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーA-Za-z0-9・]{1,25}(?:株式会社|有限会社|合同会社)/u;
const COPYRIGHT = /©|\(c\)|copyright/i;
/** Firms of the web that policies and footers of others name. */
const OTHERS =
  /\b(?:Google|Meta|Facebook|Microsoft|Amazon|Apple|Automattic|Cloudflare|Wix(?:\.com)?|Squarespace|Shopify|Stripe|PayPal|Klarna|Mailchimp|Intuit|HubSpot|Vimeo|Twitter|LinkedIn|Pinterest|TikTok|Adobe|Usercentrics|Cybot|Strato|IONOS|Hetzner|Trustpilot|eKomi)\b/;

/** The registered name: above an address, or in a notice of copyright. */
export function legalNameOf(
  pages: readonly GatheredPage[],
  places: readonly SitePlace[],
): string | null {
  for (const { above } of places) {
    for (const line of above) {
      const name = nameIn(line);
      if (name !== null) return name;
    }
  }
  for (const { extract } of pages) {
    for (const { text } of extract.lines) {
      if (!COPYRIGHT.test(text)) continue;
      const name = nameIn(text);
      if (name !== null) return name;
    }
  }
  return null;
}

function nameIn(text: string): string | null {
  if (!MAY_HAVE_FORM.test(text)) return null;
  const stretch = text.length > 300 ? text.slice(0, 300) : text;
  const match = WITH_FORM.exec(stretch) ?? FORM_FIRST.exec(stretch) ?? JAPANESE.exec(stretch);
  const found = match?.[0];
  if (found === undefined || OTHERS.test(found)) return null;
  if (isOthers(stretch.slice(0, match?.index), "", [])) return null;
  const bare = found
    .replace(/^[\s|:©·•"„“(,]+/, "")
    .replace(
      /^(?:(?:Copyright|All Rights Reserved|by|and|und|Impressum|Imprint|Anbieter|Betreiber|Herausgeber|(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)[\s,:]+)+/i,
      "",
    );
  // "3581 AB" is a postcode
  return /\p{L}{3}|\p{Script=Han}/u.test(bare) ? lineOrNull(bare, CAPS.short) : null;
}
