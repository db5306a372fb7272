/** Keeps the time zone of the last visit, so that the server draws the first paint in it; a bare name is one that was chosen. */
export const ZONE_COOKIE = "zone";

/** What is left to the browser's own zone. */
const OWN = "own:";
const UTC = "UTC";

export interface Zone {
  /** An IANA name. */
  name: string;
  /** The reader wants this one whatever the browser's own is. */
  isChosen: boolean;
}

export const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** What the cookie says; UTC, until the browser has been asked, where it says nothing that is one. */
export const readZone = (value: string | undefined): Zone => {
  const isOwn = value?.startsWith(OWN) === true;
  const name = isOwn ? value.slice(OWN.length) : (value ?? "");
  return isZone(name)
    ? { name, isChosen: value !== undefined && !isOwn }
    : { name: UTC, isChosen: false };
};

const YEAR_SECONDS = 31_536_000;

/** Remembers the zone, for this page and all later ones. */
export const keepZone = ({ name, isChosen }: Zone): void => {
  const value = encodeURIComponent(isChosen ? name : OWN + name);
  document.cookie = `${ZONE_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};
