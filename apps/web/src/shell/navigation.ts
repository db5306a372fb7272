import type { FeaturePath } from "@scrapersky/api/contract";

/** An entry of the sidebar. */
export interface Place {
  label: string;
  /** Path below /t/{slug}; "" is the overview. */
  path: string;
  group: string | null;
}

interface FeatureEntry {
  name: string;
  urlPath: string;
  group: string | null;
  children: FeatureEntry[];
}

/** The pages this build can draw. An entry that leads elsewhere is left out of the sidebar. */
const PAGES: Record<"" | FeaturePath, true> = {
  "": true,
  "/leads": true,
  "/contacts": true,
  "/exports": true,
  "/batches": true,
  "/jobs": true,
  "/schedules": true,
  "/bulk": true,
  "/profiles": true,
  "/keys": true,
  "/audit": true,
  "/roles": true,
  "/features": true,
  "/webhooks": true,
};

export const isPlace = (path: string): path is keyof typeof PAGES => Object.hasOwn(PAGES, path);

const OVERVIEW: Place = { label: "Overview", path: "", group: null };

const flatten = (tree: FeatureEntry[]): FeatureEntry[] =>
  tree.flatMap((entry) => [entry, ...flatten(entry.children)]);

/** The sidebar of a person: the overview, then the features the server says are theirs, in its order. */
export const placesOf = (tree: FeatureEntry[], permissions: string[]): Place[] => [
  ...(permissions.includes("overview:read") ? [OVERVIEW] : []),
  ...flatten(tree)
    .filter(({ urlPath }) => urlPath !== "" && isPlace(urlPath))
    .map(({ name, urlPath, group }) => ({ label: name, path: urlPath, group })),
];

/** Pages whose address is not below their entry's: a business kept the address of its domain, and who calls has a key. */
const BELONGS = [
  ["/domains/", "/leads/"],
  ["/reference", "/keys"],
] as const;

/** The entry a path belongs to: the longest that it starts with. */
export const placeAt = (places: Place[], pathname: string, base: string): Place | undefined => {
  const [from, to] = BELONGS.find(([start]) => pathname.startsWith(base + start)) ?? ["", ""];
  const address = pathname.replace(base + from, base + to);
  return places
    .filter(
      ({ path }) =>
        address === base + path || (path !== "" && address.startsWith(`${base}${path}/`)),
    )
    .sort((left, right) => right.path.length - left.path.length)[0];
};
