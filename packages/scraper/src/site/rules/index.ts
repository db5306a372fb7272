import { ADVERTISING } from "./advertising.ts";
import { ANALYTICS, CALL_TRACKING, EXPERIMENTS, TAG_MANAGERS } from "./analytics.ts";
import { BOOKING } from "./booking.ts";
import { FUNNELS, SITE_BUILDERS } from "./builders.ts";
import { CHATS } from "./chats.ts";
import { CMS, EDITORS, STATIC_GENERATORS } from "./cms.ts";
import { ACCESSIBILITY, CONSENT, TRANSLATION } from "./consent.ts";
import { CRM, RECRUITING } from "./crm.ts";
import { FORMS } from "./forms.ts";
import { NEWSLETTERS, POPUPS } from "./newsletters.ts";
import { FRAMEWORKS, PARTS } from "./parts.ts";
import { DONATIONS, PAYMENTS } from "./payments.ts";
import { MEALS, TABLES } from "./restaurants.ts";
import { EVENTS, REVIEWS, SOCIAL_WIDGETS } from "./reviews.ts";
import type { Product } from "./rule.ts";
import { SERVERS } from "./servers.ts";
import { SHOP_ADDONS, SHOPS } from "./shops.ts";
import { CACHES, PAGE_BUILDERS, SEO, THEMES, WORDPRESS_PLUGINS } from "./wordpress.ts";

/** Every product that is looked for, in no order that matters. */
export const PRODUCTS: readonly Product[] = [
  ...CMS,
  ...STATIC_GENERATORS,
  ...EDITORS,
  ...SITE_BUILDERS,
  ...FUNNELS,
  ...PAGE_BUILDERS,
  ...THEMES,
  ...WORDPRESS_PLUGINS,
  ...SEO,
  ...CACHES,
  ...FORMS,
  ...SHOPS,
  ...SHOP_ADDONS,
  ...PAYMENTS,
  ...DONATIONS,
  ...ANALYTICS,
  ...CALL_TRACKING,
  ...TAG_MANAGERS,
  ...EXPERIMENTS,
  ...ADVERTISING,
  ...NEWSLETTERS,
  ...POPUPS,
  ...CRM,
  ...RECRUITING,
  ...CHATS,
  ...BOOKING,
  ...TABLES,
  ...MEALS,
  ...REVIEWS,
  ...SOCIAL_WIDGETS,
  ...EVENTS,
  ...CONSENT,
  ...ACCESSIBILITY,
  ...TRANSLATION,
  ...PARTS,
  ...FRAMEWORKS,
  ...SERVERS,
];

/** Names of products that serve what is built with them. */
export const HOSTED: ReadonlySet<string> = new Set(
  PRODUCTS.filter(({ hosts }) => hosts === true).map(({ name }) => name),
);

const FIRST_WORD = /^[A-Za-z_$][\w$]*/;

/** What inline scripts are read for, by its first word. */
export const SCRIPT_WORDS: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  new Set(PRODUCTS.flatMap(({ words }) => words ?? [])),
  (wanted) => FIRST_WORD.exec(wanted)?.[0] ?? wanted,
);

/** Names of attributes that are noted where they stand. */
export const MARK_ATTRIBUTES: ReadonlySet<string> = new Set(
  PRODUCTS.flatMap(({ attributes }) => attributes ?? []),
);
