const REFRESH_MS = 5_000;
const SLOW_REFRESH_MS = 30_000;

/** Asks a list again while it is in sight; slower while it fails. For React Query's `refetchInterval`. */
export const refreshWhileSeen = (query: { state: { status: string } }): number =>
  query.state.status === "error" ? SLOW_REFRESH_MS : REFRESH_MS;
