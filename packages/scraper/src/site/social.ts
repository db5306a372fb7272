import type { SocialFacts, SocialNetwork } from "@scrapersky/outcome";

/** An account on a network, and where it is. */
export type Profile = Omit<SocialFacts, "page">;

type Reader = (url: URL, parts: string[]) => { account: string; path: string } | undefined;

interface Rule {
  network: SocialNetwork;
  host: RegExp;
  read: Reader;
}

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** First parts of paths that belong to the networks themselves: buttons, posts, searches, settings. */
const NO_ACCOUNT: Readonly<Partial<Record<SocialNetwork, ReadonlySet<string>>>> = {
  facebook: words(
    "sharer sharer.php share share.php dialog plugins tr events event groups hashtag search watch story.php photo photo.php photos video.php videos reel reels login login.php l.php home.php pages_manager policies policy policy.php privacy legal help settings marketplace gaming business ads about sdk.js permalink.php media notes stories messages recover r.php public directory campaign flx rsrc.php ajax docs careers terms.php privacy.php logout.php",
  ),
  instagram: words(
    "p reel reels tv stories explore accounts direct about legal developer web oauth share embed.js static invites challenge download session press emails language topics directory popular",
  ),
  x: words(
    "intent share home hashtag search i login signup explore settings privacy tos about compose messages notifications download widgets.js oauth who_to_follow statuses account jobs en",
  ),
  tiktok: words(
    "embed share foryou following discover tag music login legal about upload live explore search",
  ),
  pinterest: words(
    "pin pins pin.php search ideas explore today login signup settings business about _ help policy password resource categories topics convert-business js create",
  ),
  threads: words("search login intent settings"),
  telegram: words(
    "share joinchat addstickers addtheme addlist proxy socks iv login confirmphone bg setlanguage c msg url contact",
  ),
};
/** Tabs of an account. */
const TABS =
  /^(?:about|about_.*|info|reviews|review|contact|services|shop|menu|offers|photos|videos|community|map|home|timeline|tagged|channels|featured|live|streams|playlists|shorts|reels|guides|jobs|people|life|insights|products|followers|following|with_replies|highlights|posts|_created|_saved|likes|store|events|locations|mentions|photos_stream|photos_albums)$/i;
const NAME = /^[\p{L}\p{N}._%+~-]{1,100}$/u;

/** An account that is the first part of the path; what follows may be one of its tabs, not a post. */
const atRoot =
  (network: SocialNetwork, atSign = false): Reader =>
  (_url, [first, ...rest]) => {
    if (first === undefined) return undefined;
    const account = first.replace(/^@/, "");
    if (atSign && !first.startsWith("@")) return undefined;
    if (NO_ACCOUNT[network]?.has(first.toLowerCase()) || !NAME.test(account)) return undefined;
    return rest.length === 0 || (rest.length === 1 && TABS.test(rest[0] as string))
      ? { account, path: first }
      : undefined;
  };

const below =
  (...folders: string[]): Reader =>
  (_url, [folder, name, ...rest]) =>
    folder === undefined ||
    name === undefined ||
    !folders.includes(folder.toLowerCase()) ||
    !/^[^/]{1,150}$/u.test(name)
      ? undefined
      : rest.length === 0 || TABS.test(rest[0] as string)
        ? { account: decode(name), path: `${folder}/${name}` }
        : undefined;

const facebook: Reader = (url, parts) => {
  const [first = "", second, third] = parts;
  if (first === "profile.php") {
    const id = url.searchParams.get("id") ?? "";
    return /^\d{5,20}$/.test(id) ? { account: id, path: `profile.php?id=${id}` } : undefined;
  }
  if (first === "pages" && second === "category" && /-\d{5,20}$/.test(parts[3] ?? ""))
    return { account: decode(parts[3] as string), path: parts.slice(0, 4).join("/") };
  if (first === "pages" || first === "people")
    return third === undefined || !/^\d{5,20}$/.test(third) || parts.length > 4
      ? undefined
      : { account: decode(second ?? third), path: parts.slice(0, 3).join("/") };
  if (first === "pg" || first === "p")
    return second === undefined || !NAME.test(decode(second))
      ? undefined
      : { account: decode(second), path: `${first}/${second}` };
  if (/^v\d+\.\d+$/.test(first)) return undefined;
  return atRoot("facebook")(url, parts);
};

const youtube: Reader = (_url, [first = "", second, ...rest]) => {
  if (first.startsWith("@")) {
    const inner = second === undefined ? [] : [second, ...rest];
    const handle = decode(first.slice(1));
    return NAME.test(handle) && (inner.length === 0 || TABS.test(inner[0] as string))
      ? { account: handle, path: first }
      : undefined;
  }
  if (/^(?:channel|c|user)$/i.test(first) && second !== undefined && NAME.test(decode(second)))
    return rest.length === 0 || TABS.test(rest[0] as string)
      ? { account: decode(second), path: `${first}/${second}` }
      : undefined;
  const none =
    /^(?:watch|embed|playlist|shorts|results|feed|live|clip|hashtag|redirect|iframe_api|player_api|s|t|v|e|about|howyoutubeworks|premium|account|user|channel|c|ads|creators|yt|kids|music|gaming|oembed|subscription_center|attribution_link|post)$/i;
  return second === undefined && /^[\w-]{3,60}$/.test(first) && !none.test(first)
    ? { account: first, path: first }
    : undefined;
};

const x: Reader = (url, parts) => {
  const [, legacy] = /^#!\/@?(\w{1,30})$/.exec(url.hash) ?? [];
  if (legacy !== undefined) return { account: legacy, path: legacy };
  const followed = /^(?:follow|user)$/.test(parts[1] ?? "") && url.searchParams.get("screen_name");
  if (parts[0] === "intent" && followed && /^@?\w{1,30}$/.test(followed)) {
    const account = followed.replace("@", "");
    return { account, path: account };
  }
  return atRoot("x")(url, parts);
};

const google: Reader = (url, parts) => {
  const host = url.hostname.replace(/^www\./, "");
  if (host === "g.page") {
    const kept = parts[0] === "r" ? parts.slice(0, 2) : parts.slice(0, 1);
    return kept.length === 0 || (parts[0] === "r" && kept.length < 2)
      ? undefined
      : { account: kept.at(-1) as string, path: kept.join("/") };
  }
  if (host === "maps.app.goo.gl" || host === "g.co" || host === "goo.gl") {
    const folder = host === "g.co" ? "kgs" : host === "goo.gl" ? "maps" : undefined;
    const name = folder === undefined ? parts[0] : parts[0] === folder ? parts[1] : undefined;
    return name === undefined ? undefined : { account: name, path: parts.join("/") };
  }
  const id =
    url.searchParams.get("cid") ??
    url.searchParams.get("placeid") ??
    url.searchParams.get("place_id");
  if (id !== null && /^[\w-]{8,200}$/.test(id))
    return {
      account: id,
      path: `${parts.join("/")}?${url.searchParams.has("cid") ? "cid" : "placeid"}=${id}`,
    };
  if (
    parts[0] === "maps" &&
    parts[1] === "place" &&
    parts[2] !== undefined &&
    !/^[\d.,@+-]+$/.test(parts[2])
  )
    return { account: decode(parts[2]).replaceAll("+", " "), path: parts.slice(0, 3).join("/") };
  return undefined;
};

const whatsapp: Reader = (url, parts) => {
  const host = url.hostname.replace(/^www\./, "");
  if (host === "wa.me") {
    if (parts[0] === "message" || parts[0] === "c")
      return parts[1] === undefined
        ? undefined
        : { account: parts[1], path: parts.slice(0, 2).join("/") };
    const number = decode(parts[0] ?? "").replace(/[^\d]/g, "");
    return number.length < 7 || parts.length > 1
      ? undefined
      : { account: number, path: parts[0] as string };
  }
  if (parts[0] === "channel" && parts[1] !== undefined)
    return { account: parts[1], path: `channel/${parts[1]}` };
  if (host === "chat.whatsapp.com") return undefined;
  const number = (url.searchParams.get("phone") ?? "").replace(/\D/g, "");
  return number.length < 7
    ? undefined
    : { account: number, path: `${parts.join("/")}?phone=${number}` };
};

const telegram: Reader = (url, parts) => {
  const inner = parts[0] === "s" ? parts.slice(1) : parts;
  return inner[0] === undefined || /^[+]/.test(inner[0])
    ? undefined
    : atRoot("telegram")(url, inner);
};

const bluesky: Reader = (_url, [folder, name, ...rest]) =>
  folder === "profile" && name !== undefined && rest.length === 0
    ? { account: decode(name), path: `profile/${name}` }
    : undefined;

const tripadvisor: Reader = (_url, [first = ""]) => {
  const id =
    /^(?:Restaurant|Hotel|Attraction|VacationRental|AttractionProduct)_Review-g\d+-(d\d+)-/.exec(
      first,
    )?.[1];
  return id === undefined ? undefined : { account: id, path: first };
};

const RULES: readonly Rule[] = [
  {
    network: "facebook",
    host: /^(?:(?:www|m|web|mobile|business|l|[a-z]{2}-[a-z]{2})\.)?(?:facebook\.com|fb\.com|fb\.me)$/,
    read: facebook,
  },
  {
    network: "instagram",
    host: /^(?:(?:www|m)\.)?(?:instagram\.com|instagr\.am)$/,
    read: (url, parts) => atRoot("instagram")(url, parts[0] === "_u" ? parts.slice(1) : parts),
  },
  { network: "x", host: /^(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com$/, read: x },
  {
    network: "linkedin",
    host: /^(?:[a-z]{2,3}\.)?linkedin\.com$/,
    read: below("company", "school", "showcase"),
  },
  { network: "youtube", host: /^(?:(?:www|m)\.)?youtube\.com$/, read: youtube },
  { network: "tiktok", host: /^(?:(?:www|m)\.)?tiktok\.com$/, read: atRoot("tiktok", true) },
  {
    network: "pinterest",
    host: /^(?:[a-z]{2,3}\.)?pinterest\.(?:com(?:\.[a-z]{2})?|co\.[a-z]{2}|[a-z]{2})$/,
    read: atRoot("pinterest"),
  },
  {
    network: "xing",
    host: /^(?:www\.)?xing\.(?:com|to)$/,
    read: below("pages", "companies", "company"),
  },
  { network: "threads", host: /^(?:www\.)?threads\.(?:net|com)$/, read: atRoot("threads", true) },
  { network: "telegram", host: /^(?:www\.)?(?:t\.me|telegram\.(?:me|dog))$/, read: telegram },
  { network: "bluesky", host: /^(?:www\.)?bsky\.app$/, read: bluesky },
  {
    network: "whatsapp",
    host: /^(?:wa\.me|(?:www\.|api\.|web\.|chat\.)?whatsapp\.com)$/,
    read: whatsapp,
  },
  {
    network: "google",
    host: /^(?:g\.page|g\.co|goo\.gl|maps\.app\.goo\.gl|(?:www\.|maps\.|search\.)?google\.(?:com?\.)?[a-z]{2,3})$/,
    read: google,
  },
  {
    network: "yelp",
    host: /^(?:(?:www|m|[a-z]{2})\.)?yelp\.(?:com?(?:\.[a-z]{2})?|[a-z]{2})$/,
    read: below("biz"),
  },
  {
    network: "tripadvisor",
    host: /^(?:(?:www|[a-z]{2})\.)?tripadvisor\.(?:com?(?:\.[a-z]{2})?|[a-z]{2})$/,
    read: tripadvisor,
  },
];
/** Every host above ends with one of these; most links are told apart by it alone. */
const LAST_LABELS =
  /(?:facebook|fb|instagram|twitter|linkedin|youtube|tiktok|xing|whatsapp)\.com$|(?:^|[./])x\.com$|pinterest\.|threads\.|t\.me$|telegram\.|bsky\.app$|wa\.me$|g\.page$|g\.co$|goo\.gl$|google\.|yelp\.|tripadvisor\.|fb\.me$|instagr\.am$|xing\.to$/;

/** The account that a link leads to; undefined for links to share, posts, people and the networks themselves. */
export function profileOf(url: URL): Profile | undefined {
  const { hostname } = url;
  if (!LAST_LABELS.test(hostname)) return undefined;
  const rule = RULES.find(({ host }) => host.test(hostname));
  if (rule === undefined) return undefined;
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const found = rule.read(url, parts);
  if (found === undefined || found.account.length > 150 || isSomebodyElses(found.account))
    return undefined;
  const slash =
    url.pathname.endsWith("/") &&
    !found.path.includes("?") &&
    found.path.split("/").length === parts.length
      ? "/"
      : "";
  return {
    network: rule.network,
    account: found.account,
    url: `https://${hostname}/${found.path}${slash}`,
  };
}

/** A link that a site calls its own (rel=me) on a server of the fediverse. */
export function fediverseProfileOf(url: URL): Profile | undefined {
  const [, account] = /^\/@([\w.-]{1,60})\/?$/.exec(url.pathname) ?? [];
  if (account === undefined || RULES.some(({ host }) => host.test(url.hostname))) return undefined;
  return {
    network: "mastodon",
    account: `${account}@${url.hostname}`,
    url: `https://${url.hostname}/@${account}`,
  };
}

/** Links of people who left out the scheme, which browsers resolve to nowhere. */
export const isSchemeless = (href: string): boolean =>
  /^(?:www\.|m\.|[a-z]{2}-[a-z]{2}\.)?(?:facebook|instagram|twitter|x|linkedin|youtube|tiktok|pinterest|xing)\.(?:com|de|fr|es|it|co\.uk)\/|^(?:wa|t)\.me\/|^g\.page\//i.test(
    href,
  );

/** Accounts of builders, themes and networks, and names that stand for one's own in a template. */
const NOT_OWN = words(`
  wix wixcom squarespace shopify wordpress wordpressdotcom godaddy weebly jimdo jimdo_de elementor elegantthemes themeforest envato webflow hubspot mailchimp duda ionos ionos_de
  1and1 strato webnode tilda hostinger ghost joomla drupal typo3 canva facebook facebookapp meta instagram twitter x linkedin youtube google tiktok pinterest whatsapp
  yourpage mypage myprofile my-page yourprofile yourusername your-username your_username username yourname your-name yourcompany yourbusiness yourbrand your-page your-profile your-account youraccount
  example sample test user account profile yoursite mysite companyname brandname handle yourhandle
  themefusion theme_fusion wpbeginner colorlib templatemo bootstrapious html5up ajlkn htmlcodex w3layouts automattic yoast wpastra kadencewp generatepress oceanwp
  qodeinteractive muffingroup thrivethemes studiopress flothemes templatemonster bootstrapmade bootdey uideck graygrids wpzoom siteorigin rankmath rank_math_seo cookiebot
  usercentrics trustpilot trustedshops godaddywebsites strikingly sitejet carrd.co framer bigcommerce prestashop magento woocommerce getbootstrap mdbootstrap
`);

const isSomebodyElses = (account: string): boolean => NOT_OWN.has(account.toLowerCase());

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
