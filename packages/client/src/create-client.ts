import type { AppRouter } from "@scrapersky/api";
import { CALL_ADDRESS_LENGTH_MAX, LONG_QUERIES } from "@scrapersky/api/wire";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { EventSource } from "eventsource";
import { type ClientOptions, connect, type Connection } from "./connection.ts";
import { keyed, retrying } from "./retrying.ts";

export type ScraperSkyClient = TRPCClient<AppRouter>;

const connections = new WeakMap<object, Connection>();

/** Where a client made by `createClient` sends its calls. */
export function connectionOf(client: ScraperSkyClient): Connection {
  const connection = connections.get(client);
  if (!connection) throw new TypeError("This client was not made by createClient.");
  return connection;
}

/**
 * Typed procedures for other programs. Calls made in one tick travel in one request; those that can do no harm twice are
 * tried again when the service or the line fails, with the pauses that the service asks for.
 */
export function createClient(options: ClientOptions): ScraperSkyClient {
  const connection = connect(options);
  const { headers, send, call, retries, itemsMax } = connection;
  const { href: url } = connection.url("/api/trpc");
  const sending = { url, headers, fetch: call, maxItems: itemsMax };
  const client = createTRPCClient<AppRouter>({
    links: [
      keyed,
      retrying(retries),
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url,
          // The browser's own EventSource cannot send headers, and the key must not be in an address.
          EventSource,
          eventSourceOptions: {
            fetch: async (address, init) =>
              readable(await send(address, { ...init, headers: { ...init.headers, ...headers } })),
          },
        }),
        false: splitLink({
          condition: ({ path }) => LONG_QUERIES.includes(path),
          true: httpBatchLink({ ...sending, methodOverride: "POST" }),
          false: httpBatchLink({ ...sending, maxURLLength: CALL_ADDRESS_LENGTH_MAX }),
        }),
      }),
    ],
  });
  connections.set(client, connection);
  return client;
}

/** A stream that is refused says why in its events, and no reader of events looks at them unless all is well. */
function readable(answer: Response): Response {
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (answer.ok || !isStream) return answer;
  return new Response(answer.body, { headers: answer.headers });
}
