/** A browser that a person is signed in with. Times are ISO 8601 in UTC. */
export interface OwnSession {
  id: string;
  /** The one that asks. */
  current: boolean;
  ipAddress: string | null;
  /** As the browser calls itself. */
  userAgent: string | null;
  createdAt: string;
  expiresAt: string;
}
