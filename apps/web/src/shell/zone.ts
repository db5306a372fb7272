/** Keeps the time zone of the last visit, so that the server draws the first paint in it; `UTC` also where that was chosen. */
export const ZONE_COOKIE = "zone";

/** What is left to the browser's own zone. */
const OWN = "own:";
const UTC = "UTC";

export interface Zone {
  /** An IANA name. */
  name: string;
  /** The reader wants UTC whatever the browser's own is. */
  isUtcChosen: boolean;
}

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** What the cookie says; UTC where it says nothing that is one. */
export const readZone = (value: string | undefined): Zone => {
  const name = value?.startsWith(OWN) === true ? value.slice(OWN.length) : "";
  return { name: isZone(name) ? name : UTC, isUtcChosen: value === UTC };
};

const YEAR_SECONDS = 31_536_000;

/** Remembers the zone, for this page and all later ones. */
export const keepZone = ({ name, isUtcChosen }: Zone): void => {
  const value = isUtcChosen ? UTC : encodeURIComponent(OWN + name);
  document.cookie = `${ZONE_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};
