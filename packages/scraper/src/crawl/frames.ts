import type { Extract } from "../extract/extract.ts";
import type { Link } from "../extract/link-book.ts";

const WORDS_MAX = 20;
const LINKS_MAX = 3;
/** Hosts whose frames are part of a page and never the site that an owner shows under a name of their own. */
const WIDGETS =
  /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|wistia\.(?:com|net)|dailymotion\.com|twitch\.tv|(?<!sites\.)google\.[a-z.]+|googletagmanager\.com|googleadservices\.com|doubleclick\.net|googlesyndication\.com|gstatic\.com|facebook\.com|instagram\.com|twitter\.com|x\.com|tiktok\.com|linkedin\.com|pinterest\.[a-z.]+|spotify\.com|soundcloud\.com|bandcamp\.com|mixcloud\.com|openstreetmap\.org|mapbox\.com|bing\.com|hcaptcha\.com|cloudflare\.com|captcha-delivery\.com|stripe\.com|paypal\.com|typeform\.com|jotform\.com|mailchimp\.com|hubspot\.com|calendly\.com|issuu\.com|matterport\.com|elfsight\.com|cookiebot\.com|onetrust\.com|usercentrics\.eu)$/i;

/** What fills the second frame of a set that needs only one. */
const FILLER = /\/(?:blank|leer|empty|dummy|spacer|vide|vuoto|vacio)[^/]{0,10}$/i;

/** Pages of the same site that a page shows in frames because it has nothing else to show. */
export function innerFrames({ frames, links, page }: Extract): Link[] {
  if (frames.length === 0) return [];
  const isBare = page.wordCount < WORDS_MAX && links.length < LINKS_MAX;
  return frames
    .filter(({ ofSet, link }) => link.sameSite && (ofSet || isBare))
    .map(({ link }) => link);
}

/**
 * The other site that a page consists of, as registrars forward a name without showing where to: the first frame of a frameset,
 * or a frame over the whole window with nothing beside it.
 */
export function framedSite(extract: Extract): URL | undefined {
  const { frames, links, page } = extract;
  if (frames.length === 0 || innerFrames(extract).some(({ key }) => !FILLER.test(key)))
    return undefined;
  const outer = frames.filter(({ link }) => !link.sameSite && !WIDGETS.test(hostOf(link)));
  const ofSet = outer.find((frame) => frame.ofSet);
  if (ofSet !== undefined) return new URL(ofSet.link.address);
  const [only] = outer;
  if (only === undefined || outer.length > 1) return undefined;
  // sized by a style sheet, for a page that holds nothing beside it
  const isAll = page.wordCount + links.length + extract.images === 0 && !only.isSized;
  const isBare = page.wordCount < WORDS_MAX && links.length < LINKS_MAX;
  return isAll || (isBare && only.isWhole) ? new URL(only.link.address) : undefined;
}

const hostOf = ({ address }: Link): string => new URL(address).hostname;
