import { isActivePerson } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";
import { accounts, sessions, users, verifications } from "@scrapersky/db/schema";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import type { Logger } from "pino";
import { CLIENT_ADDRESS_HEADER } from "../http/client-address.ts";

const SESSION_SECONDS = 7 * 86_400;
const SESSION_RENEW_SECONDS = 86_400;
/** Of one address, over all people: an office behind one router signs in in the morning. */
const SIGN_INS_PER_MINUTE = 60;

export interface AuthOptions {
  db: Db;
  secret: string;
  webUrl: string;
  log: Logger;
}

/** E-mail and password for staff. Nobody signs up: people are made by the seed or by an administrator. */
export function createAuth({ db, secret, webUrl, log }: AuthOptions) {
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
      minPasswordLength: 8,
      maxPasswordLength: 128,
    },
    disabledPaths: ["/sign-up/email", "/delete-user", "/change-email", "/update-user"],
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    databaseHooks: {
      session: {
        create: {
          // After the password: who does not know it learns nothing of the person.
          before: async ({ userId }) => {
            if (await isActivePerson(db, userId)) return;
            throw new APIError("FORBIDDEN", {
              code: "ACCOUNT_INACTIVE",
              message: "This account may not sign in.",
            });
          },
        },
      },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: {
        "/sign-in/email": { window: 60, max: SIGN_INS_PER_MINUTE },
        "/get-session": false,
      },
    },
    advanced: {
      cookiePrefix: "scrapersky",
      // Said aloud, because the library switches both off by itself where it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: webUrl.startsWith("https://"),
      database: { generateId: "uuid" },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    logger: {
      level: "warn",
      // Messages only: further arguments may hold rows or parameters.
      log: (level, message) => log[level === "error" ? "error" : "warn"]({ part: "auth" }, message),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** A loopback address goes by two names; a browser may have opened either. */
function originsOf(webUrl: string): string[] {
  const { origin, hostname } = new URL(webUrl);
  const twin = { "127.0.0.1": "localhost", localhost: "127.0.0.1" }[hostname];
  return twin === undefined ? [origin] : [origin, origin.replace(hostname, twin)];
}
