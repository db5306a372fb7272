/** How much an instance holds, and of which tenant. */
export interface Sizes {
  tenants: {
    id: string;
    slug: string;
    domains: number;
    /** Number of its first domain among all. */
    firstDomain: number;
  }[];
  batches: {
    number: number;
    tenant: number;
    tenantId: string;
    size: number;
    /** Share of its jobs that failed. */
    failing: number;
    label: string;
    /** Where it begins among the domains of its tenant. */
    offset: number;
  }[];
}

/** Of all jobs, domains and batches of the largest size, what each tenant has. */
const SHARES = [
  { slug: "large", jobs: 600_000, domains: 180_000, large: [0, 0.04, 0.12] },
  { slug: "middle", jobs: 250_000, domains: 75_000, large: [0.05] },
  { slug: "small", jobs: 150_000, domains: 45_000, large: [] },
];
const LARGE_BATCH = 100_000;
const USUAL_BATCH = 1_500;

/** @param scale 1 for a million jobs and 300,000 domains */
export function sizesAt(scale: number): Sizes {
  const sizes: Sizes = { tenants: [], batches: [] };
  let firstDomain = 0;
  let number = 0;
  for (const [tenant, share] of SHARES.entries()) {
    const id = `00000000-0000-4000-8000-00000000000${tenant + 1}`;
    const domains = Math.ceil(share.domains * scale);
    sizes.tenants.push({ id, slug: share.slug, domains, firstDomain });
    let left = Math.ceil(share.jobs * scale);
    const usual = () => 0.02 + ((number * 7) % 11) / 100;
    for (let made = 0; left > 0; made++) {
      const failing = share.large[made] ?? usual();
      const wanted =
        made < share.large.length ? LARGE_BATCH * scale : USUAL_BATCH * Math.sqrt(scale);
      const size = Math.min(left, Math.ceil(wanted));
      const offset = (number * 104_729) % domains;
      const label = `Batch ${number} of ${share.slug}`;
      sizes.batches.push({ number, tenant, tenantId: id, size, failing, label, offset });
      left -= size;
      number++;
    }
    firstDomain += domains;
  }
  return sizes;
}

export const FIRST_WORDS =
  `mueller schmidt becker hoffmann bella anna alpen berg sonne stern adler krone post linde
  rose garten haus stadt burg see wald bio vital fit neue alte beste city royal golden green blue red smart happy
  family urban classic prime north south east west central europa italia napoli roma sofia maria peters jones smith
  baker taylor clark lewis king wright green hall young scott adams nelson carter parker evans turner collins stewart
  morris rogers reed cook morgan cooper richardson cox howard ward watson brooks kelly sanders price bennett wood
  barnes ross henderson coleman jenkins perry powell long patterson hughes flores washington butler simmons foster
  bryant alexander russell griffin diaz hayes vogel zimmermann yilmaz quast xaver ulrich otto igel jung uhland ernst`.split(
    /\s+/,
  );

export const SECOND_WORDS =
  `hotel praxis zahnarzt friseur restaurant pizzeria cafe bakery dental garage auto bau
  elektro maler dach garten immobilien kanzlei steuerberater apotheke physio yoga fitness studio salon shop mode
  schmuck foto film musik druck verlag reisen taxi transport umzug reinigung wellness spa kosmetik optik hoergeraete
  tierarzt hundeschule floristik moebel kuechen holz metall glas bad heizung solar energie software web design media
  agentur consulting coaching schule kita verein theater museum galerie bar pub brewery winery farm market deli`.split(
    /\s+/,
  );

export const PRODUCTS =
  `WordPress jQuery Google_Analytics Google_Tag_Manager Elementor Google_Fonts Meta_Pixel Cloudflare
  WooCommerce Yoast_SEO Wix Nginx PHP Apache Contact_Form_7 Shopify Borlabs Bootstrap Squarespace Complianz Hotjar Jimdo
  Mailchimp TYPO3 Joomla Google_Ads Divi reCAPTCHA Cookiebot HubSpot Brevo Calendly Clarity Stripe PayPal Klarna
  Trustpilot OpenTable Webflow Matomo Shopware Magento Usercentrics Vimeo Typeform Doctolib Fresha Booksy Tawk Intercom
  Zendesk Klaviyo ActiveCampaign Ghost Drupal PrestaShop Ecwid Weebly Duda Tilda Unbounce Kajabi Segment Mixpanel Plausible
  LinkedIn_Insight TikTok_Pixel Pinterest_Tag Snap_Pixel Elfsight ProvenExpert Yotpo JotForm OneTrust Weglot Eventbrite
  Resy SevenRooms Quandoo Toast ChowNow Salesforce Pardot Marketo Zoho Pipedrive Keap Olark Crisp Drift LiveChat`
    .split(/\s+/)
    .map((name) => name.replaceAll("_", " "));

export const CATEGORIES = [
  "CMS",
  "Analytics",
  "Library",
  "Fonts",
  "Consent",
  "E-commerce",
  "Hosting",
  "Booking",
  "Chat",
];
export const NETWORKS = [
  "facebook",
  "instagram",
  "linkedin",
  "youtube",
  "x",
  "tiktok",
  "xing",
  "pinterest",
];
export const COUNTRIES = [
  "DE",
  "AT",
  "CH",
  "US",
  "GB",
  "FR",
  "IT",
  "NL",
  "ES",
  "PL",
  "CZ",
  "BE",
  "DK",
  "SE",
  "NO",
];

/** Large ones first. */
export const TOWNS = Array.from({ length: 3_000 }, (_, at) => {
  const begin = [
    "Ber",
    "Ham",
    "Mün",
    "Köl",
    "Frank",
    "Stutt",
    "Düssel",
    "Leip",
    "Dort",
    "Ess",
    "Brem",
    "Dres",
  ];
  const end = [
    "lin",
    "burg",
    "chen",
    "n",
    "furt",
    "gart",
    "dorf",
    "zig",
    "mund",
    "en",
    "hausen",
    "stadt",
    "bach",
  ];
  return `${begin[at % begin.length]}${end[Math.floor(at / begin.length) % end.length]}${at < 156 ? "" : ` ${at}`}`;
});
