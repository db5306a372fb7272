import { noteSignIn } from "@scrapersky/api";
import { type Context, Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { HEADERS } from "@scrapersky/api/contract";
import { retryAfterOf } from "../http/headers.ts";
import { limitAddress } from "../limit/limit-calls.ts";
import { networkOf } from "../limit/network-of.ts";
import { readJsonObject, textOf } from "./read-json.ts";
import { createAccountRoutes } from "./account-routes.ts";
import type { TryOutcome } from "./sign-in-limit.ts";
import { noteFailure } from "./failed-sign-in.step.ts";
import { createLinkRoutes } from "./link-routes.ts";

/**
 * What the library of sign-ins answers. Of the rest that it offers, ours do some in its place, which leaves a row in the audit log and
 * tells no token of a session, and nobody needs the others.
 */
export const OF_THE_LIBRARY = ["/sign-in/email", "/sign-out", "/get-session"] as const;

/** Sign-in, sign-out and the session, as the dashboard uses them. */
export function createAuthRoutes(services: Services): Hono<AppEnv> {
  const { auth, database, log, supabase, signIns, passwordTurn } = services;
  const routes = new Hono<AppEnv>();
  routes.use("*", limitAddress(services));
  routes.route("/sign-in/link", createLinkRoutes(services));
  routes.route("/account", createAccountRoutes(services));

  routes.on(["GET", "POST"], [...OF_THE_LIBRARY], async (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(HEADERS.clientAddress, c.get("clientAddress"));
    const isSignIn = c.req.method === "POST" && c.req.path.endsWith("/sign-in/email");
    if (!isSignIn) return auth.handler(new Request(c.req.raw, { headers }));

    const credentials = await readCredentials(c);
    if (!credentials) {
      return c.json({ code: "NOT_JSON", message: "Send the e-mail and password as JSON." }, 415);
    }
    const { email, password, body } = credentials;
    const network = networkOf(c.get("clientAddress"));
    const place = await signIns.begin(email, network);
    if (!place.allowed) {
      c.header(HEADERS.retryAfter, retryAfterOf(place.waitMs));
      return c.json(
        {
          code: "TOO_MANY_TRIES",
          message: "Too many failed sign-ins. Try again in a few minutes.",
        },
        429,
      );
    }
    let outcome: TryOutcome = "other";
    try {
      headers.delete("content-length");
      const signIn = () => auth.handler(new Request(c.req.url, { method: "POST", headers, body }));
      const answer = await passwordTurn(network, async () => {
        const known = await supabase.passwords?.find(email);
        const first = await signIn();
        if (first.status !== 401 || !supabase.passwords) return first;
        const call = { email, password, requestId: c.get("requestId") };
        return (await supabase.passwords.adopt(known, call)) ? signIn() : first;
      });
      if (answer.status === 401) {
        outcome = "wrong";
        const [requestId, address] = [c.get("requestId"), c.get("clientAddress")];
        const person = await noteFailure(database.db, { email, address, requestId });
        log.warn(
          { part: "auth", requestId, person: person ?? "unknown", address },
          "sign-in failed",
        );
      }
      if (answer.ok) {
        outcome = "right";
        const [requestId, address] = [c.get("requestId"), c.get("clientAddress")];
        await noteSignIn(database.db, { email, address, requestId });
      }
      return answer;
    } finally {
      await place.end(outcome);
    }
  });
  return routes;
}

/**
 * What is handed on is written anew from what was read here, so the person whose tries are counted is
 * the person whose password is tried. Undefined for anything but a JSON object.
 */
async function readCredentials(
  c: Context<AppEnv>,
): Promise<{ email: string; password: string; body: string } | undefined> {
  const sent = await readJsonObject(c);
  if (!sent) return undefined;
  const email = textOf(sent["email"]);
  const password = textOf(sent["password"]);
  return { email, password, body: JSON.stringify({ ...sent, email, password }) };
}
