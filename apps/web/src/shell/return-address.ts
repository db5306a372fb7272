/** Tells server components which address they draw, so that signing in can lead back to it. */
export const ADDRESS_HEADER = "x-scrapersky-address";

/** The sign-in page that leads back to an address afterwards. */
export const signInAddress = (from: string | null): string =>
  from === null || !isReturnAddress(from)
    ? "/sign-in"
    : `/sign-in?next=${encodeURIComponent(from)}`;

/** Only pages of a tenant or of the platform: a link in a mail must not lead to another site through our sign-in. */
export const isReturnAddress = (address: string): boolean =>
  /^\/(?:t\/[a-z0-9]|admin\/[a-z])/.test(address);
