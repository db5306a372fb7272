/** Length of a password, in characters. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** How long a one-time link can be used. */
export const LINK_HOURS = 24;

/** Page of the dashboard that a link opens. What follows its `#` is the token, which no server is sent. */
export const LINK_PAGE = "/sign-in/link";

/**
 * What a token is good for. open: sets a password; used, expired: not any more; replaced: a newer link was
 * made; disabled: the person is; unknown: no link has it.
 */
export type LinkState = "open" | "used" | "expired" | "replaced" | "disabled" | "unknown";

/** A link as whoever holds it sees it. */
export interface SignInLink {
  state: LinkState;
  /** Whose it is; null for an unknown one. */
  email: string | null;
}
