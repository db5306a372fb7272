import { CMS } from "./cms.ts";
import { LIBRARIES } from "./libraries.ts";
import { MARKETING } from "./marketing.ts";
import { SERVERS } from "./servers.ts";
import { SHOPS } from "./shops.ts";
import { WORDPRESS } from "./wordpress.ts";
import type { Rule } from "./rule.ts";

export type { Rule } from "./rule.ts";

/** Every rule, in no order that matters. */
export const RULES: readonly Rule[] = [
  ...CMS,
  ...SHOPS,
  ...WORDPRESS,
  ...MARKETING,
  ...LIBRARIES,
  ...SERVERS,
];

/** Site builders that host what they build. */
export const HOSTED = new Set([
  "Wix",
  "Squarespace",
  "Shopify",
  "Weebly",
  "Webflow",
  "GoDaddy Website Builder",
  "Jimdo",
  "Duda",
  "Strikingly",
  "Framer",
  "Google Sites",
  "BigCommerce",
  "HubSpot CMS",
  "Square Online",
]);
