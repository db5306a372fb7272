import { QueryClient } from "@tanstack/react-query";
import { errorFacts } from "./error-facts.ts";

const STALE_MS = 5_000;
const RETRIES = 1;
const RETRY_AFTER_MS = 500;

/** A cache for one tenant in one tab, or for one request on the server, where nobody waits for a second try. */
export const createQueryClient = (tries = RETRIES): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered is fresh: hydration must not ask for it again at once.
        staleTime: STALE_MS,
        // Answers that another try cannot change are shown at once.
        retry: (count, error) => count < tries && errorFacts(error).retryable,
        retryDelay: RETRY_AFTER_MS,
        refetchOnWindowFocus: true,
      },
    },
  });
