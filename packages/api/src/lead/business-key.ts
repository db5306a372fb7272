/** Hosts on which every account is somebody else: there the beginning of the path names the business. */
const SHARED_HOSTS = new Set([
  "facebook.com",
  "instagram.com",
  "linkedin.com",
  "linktr.ee",
  "maps.google.com",
  "g.page",
  "sites.google.com",
  "google.com",
  "tiktok.com",
  "twitter.com",
  "x.com",
  "yelp.com",
  "youtube.com",
]);

const PLACES_NAMED = 2;

/**
 * Where the visitors of a domain end up, as what domains of one business share: a host without `www.`, on hosts of many
 * businesses with the beginning of the path.
 * @param finalUrl where the home page was found in the end
 * @returns null when that names no business: a parked domain ends where all parked ones do
 */
export function businessKeyOf(finalUrl: string, isParked: boolean): string | null {
  if (isParked || !URL.canParse(finalUrl)) return null;
  const { hostname, pathname } = new URL(finalUrl);
  const host = hostname.replace(/^(?:www|m)\./, "");
  if (!SHARED_HOSTS.has(host)) return host;
  const places = pathname.split("/").filter((part) => part !== "");
  return places.length === 0 ? null : [host, ...places.slice(0, PLACES_NAMED)].join("/");
}
