/** Keeps the browser's own time zone of the last visit, so that the server draws the first paint in it. */
export const ZONE_COOKIE = "zone";

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

/** The browser's own zone by the cookie; UTC, until the browser has been asked, where it says nothing that is one. */
export const readOwnZone = (value: string | undefined): string =>
  value !== undefined && isZone(value) ? value : UTC;

const YEAR_SECONDS = 31_536_000;

/** Remembers the browser's own zone. */
export const keepOwnZone = (name: string): void => {
  const value = encodeURIComponent(name);
  document.cookie = `${ZONE_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};
