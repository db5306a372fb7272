import { AsyncLocalStorage } from "node:async_hooks";
import { maySignIn } from "@scrapersky/api";
import { HEADERS, PASSWORD_LENGTH } from "@scrapersky/api/contract";
import type { Db } from "@scrapersky/db";
import { accounts, sessions, users, verifications } from "@scrapersky/db/schema";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import type { Logger } from "pino";
import { createAuthLog } from "./auth-log.ts";
import { resign } from "./former-secret.ts";

const SESSION_SECONDS = 7 * 86_400;
const SESSION_RENEW_SECONDS = 86_400;

export interface AuthOptions {
  db: Db;
  secret: string;
  /** The secret before it, whose sessions go on. */
  formerSecret?: string | undefined;
  webUrl: string;
  log: Logger;
}

/** Both throw a fault of the database as it is, in whose place the library would answer 500. */
export interface Auth {
  /** Where the dashboard's pages come from, such as `https://sky.example`. */
  origins: readonly string[];
  /** Answers `/api/auth/*`. */
  handler(request: Request): Promise<Response>;
  /** The session that the cookie is of, and whose it is. */
  findSession(headers: Headers): Promise<{ id: string; userId: string } | undefined>;
}

/** E-mail and password for staff. Nobody signs up: people are made by `npm run staff`, which gives them a one-time link. */
export function createAuth(options: AuthOptions): Auth {
  const swallowed = new AsyncLocalStorage<{ fault?: Error }>();
  const library = createLibrary(options, (fault) => {
    const call = swallowed.getStore();
    if (call) call.fault ??= fault;
  });
  const { secret, formerSecret } = options;
  const signedNow = (headers: Headers): Headers =>
    formerSecret === undefined ? headers : resign(headers, secret, formerSecret);
  return {
    origins: originsOf(options.webUrl),
    async handler(request) {
      const call: { fault?: Error } = {};
      const headers = signedNow(request.headers);
      const asked = headers === request.headers ? request : new Request(request, { headers });
      const answer = await swallowed.run(call, () => library.handler(asked));
      if (answer.status >= 500 && call.fault) throw call.fault;
      return answer;
    },
    async findSession(given) {
      const headers = signedNow(given);
      const call: { fault?: Error } = {};
      const query = { disableRefresh: true };
      try {
        const found = await swallowed.run(call, () => library.api.getSession({ headers, query }));
        return found ? { id: found.session.id, userId: found.user.id } : undefined;
      } catch (error) {
        throw call.fault ?? error;
      }
    },
  };
}

function createLibrary({ db, secret, webUrl, log }: AuthOptions, onFault: (fault: Error) => void) {
  return betterAuth({
    appName: "ScraperSky",
    baseURL: webUrl,
    basePath: "/api/auth",
    secret,
    trustedOrigins: originsOf(webUrl),
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
      transaction: false,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    databaseHooks: {
      session: {
        create: {
          // After the password: who does not know it learns nothing of the person.
          before: async ({ userId }) => {
            if (await maySignIn(db, userId)) return;
            throw new APIError("FORBIDDEN", {
              code: "ACCOUNT_INACTIVE",
              message: "This account may not sign in.",
            });
          },
        },
      },
    },
    // Ours count for all apis together.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "scrapersky",
      // Said aloud, because the library switches both off by itself where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: webUrl.startsWith("https://"),
      database: { generateId: "uuid" },
      ipAddress: { ipAddressHeaders: [HEADERS.clientAddress] },
    },
    telemetry: { enabled: false },
    logger: { level: "warn", log: createAuthLog(log, onFault) },
    onAPIError: {
      // Without this the library prints every refusal and every fault on the console. A refusal is in our
      // log already, as a request with its status.
      onError: (error) => {
        if (!(error instanceof APIError)) throw error;
      },
    },
  });
}

/** A loopback address goes by two names; a browser may have opened either. */
function originsOf(webUrl: string): string[] {
  const { origin, hostname } = new URL(webUrl);
  const twin = { "127.0.0.1": "localhost", localhost: "127.0.0.1" }[hostname];
  return twin === undefined ? [origin] : [origin, origin.replace(hostname, twin)];
}
