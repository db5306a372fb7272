/** How the names of all lists of recent places begin that this browser keeps; signing out drops them. */
export const RECENT_START = "recent:";
const RECENT_MAX = 8;
/** Pages of one thing: those of lists are told anyway. */
const OF_ONE_THING =
  /^\/t\/([^/]+)\/(?:batches|jobs|domains|schedules|profiles|webhooks)\/[0-9a-f-]{36}$/;

export interface RecentPlace {
  label: string;
  href: string;
}

const keyOf = (slug: string): string => RECENT_START + slug;

/** The pages of single things that were seen last in a tenant, the latest first. */
export const recentPlaces = (slug: string): RecentPlace[] => {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(slug)) ?? "[]") as unknown;
    return Array.isArray(kept) ? (kept as RecentPlace[]).filter(isPlace).slice(0, RECENT_MAX) : [];
  } catch {
    // The browser's store is closed, or holds what is not ours.
    return [];
  }
};

const isPlace = (place: RecentPlace | null): boolean =>
  typeof place?.label === "string" && OF_ONE_THING.test(place.href);

let newest = "";

/** Keeps that the page in sight was seen, by the name that it calls itself. */
export const keepPlace = (href: string, label: string): void => {
  const slug = OF_ONE_THING.exec(href)?.[1];
  if (slug === undefined || label === "" || newest === href + label) return;
  newest = href + label;
  const others = recentPlaces(slug).filter((place) => place.href !== href);
  const kept = [{ label, href }, ...others].slice(0, RECENT_MAX);
  try {
    localStorage.setItem(keyOf(slug), JSON.stringify(kept));
  } catch {
    // The store is full or closed: nothing is lost that a search does not find.
  }
};
