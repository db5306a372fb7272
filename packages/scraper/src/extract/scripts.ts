/** Things that inline scripts give away, found by plain search: a regular expression over every script costs more. */
const MARKERS: readonly (readonly [marker: string, text: string])[] = [
  ["shopify", "Shopify.shop"],
  ["shopify", "shopify.content_for_header"],
  ["wix", "wixBiSession"],
  ["wix", "thunderboltTag"],
  ["squarespace", "SQUARESPACE_CONTEXT"],
  ["webflow", "Webflow.push"],
  ["facebook-pixel", "fbq('init'"],
  ["facebook-pixel", 'fbq("init"'],
  ["hotjar", "_hjSettings"],
  ["clarity", "clarity.ms/tag"],
  ["matomo", "_paq.push"],
  ["tiktok-pixel", "ttq.load"],
  ["linkedin-insight", "_linkedin_partner_id"],
  ["pinterest-tag", "pintrk("],
  ["intercom", "intercomSettings"],
  ["tawk", "Tawk_API"],
  ["crisp", "CRISP_WEBSITE_ID"],
  ["zendesk", "zESettings"],
  ["hubspot", "hbspt.forms"],
  ["next", "__NEXT_DATA__"],
  ["next", "self.__next_f"],
  ["nuxt", "__NUXT__"],
  ["gatsby", "___gatsby"],
  ["remix", "__remixContext"],
  ["drupal", "drupalSettings"],
  ["joomla", "joomla-script-options"],
  ["magento", "Magento_"],
  ["prestashop", "prestashop ="],
  ["bigcommerce", "BCData"],
  ["duda", "dmAPI"],
  ["weebly", "_W.configDomain"],
  ["google-ads", "'AW-"],
  ["google-ads", '"AW-'],
  ["new-relic", "NREUM"],
];

const ANALYTICS = /\b(G-[A-Z0-9]{6,12}|UA-\d{4,10}-\d{1,4})\b/g;
const TAG_MANAGER = /\bGTM-[A-Z0-9]{4,10}\b/g;

/** Adds the markers of one inline script: names of tools, and analytics ids as "ga:G-…" and "gtm:GTM-…". */
export function scanScript(body: string, found: Set<string>): void {
  for (const [marker, text] of MARKERS)
    if (!found.has(marker) && body.includes(text)) found.add(marker);
  if (body.includes("gtag") || body.includes("UA-"))
    for (const [id] of body.matchAll(ANALYTICS)) found.add(`ga:${id}`);
  if (body.includes("GTM-")) for (const [id] of body.matchAll(TAG_MANAGER)) found.add(`gtm:${id}`);
}
