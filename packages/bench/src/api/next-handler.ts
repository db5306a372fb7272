/** What the route handler of the Next contender calls: Next loads it as it stands, and bundles nothing of ours. */
import { appRouter } from "@scrapersky/api";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { openServed } from "./served.ts";

/** Answers requests for procedures, over a database of its own. */
export function createHandler(url: string): (request: Request) => Promise<Response> {
  const { contextOf } = openServed(url);
  return (request) =>
    fetchRequestHandler({
      endpoint: "/api/trpc",
      router: appRouter,
      req: request,
      createContext: () => contextOf(request),
    });
}
