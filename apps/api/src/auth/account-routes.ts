import { findPasswordHash, listOwnSessions } from "@scrapersky/api";
import { PASSWORD_LENGTH } from "@scrapersky/api/contract";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { type Context, Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { logFault } from "../http/log-fault.ts";
import { networkOf } from "../limit/network-of.ts";
import { endOne, makeForgottenMail, type OfSession, setPassword } from "./account.step.ts";
import { isForeignPage } from "./principal.ts";
import { readJsonObject, textOf } from "./read-json.ts";
import type { TryOutcome } from "./sign-in-limit.ts";

// What people do with their own way in. A session is needed, and no key will do: a key that leaked must not change a password.

/** `GET .../sessions`, `POST .../sessions/end`, `POST .../password`, and for whoever cannot sign in `.../forgotten`. */
export function createAccountRoutes(services: Services): Hono<AppEnv> {
  const { auth, database, log, mail, signIns, passwordTurn, webUrl } = services;
  const { db } = database;
  const routes = new Hono<AppEnv>();

  const signedIn = async (c: Context<AppEnv>): Promise<OfSession | Response> => {
    if (c.req.method !== "GET" && isForeignPage(c.req.raw.headers, auth.origins)) {
      return c.json({ code: "FOREIGN_PAGE", message: "Use the dashboard's own page." }, 403);
    }
    const session = await auth.findSession(c.req.raw.headers);
    if (!session) return c.json({ code: "UNAUTHORIZED", message: "Not authenticated" }, 401);
    return { personId: session.userId, sessionId: session.id, requestId: c.get("requestId") };
  };

  routes.get("/sessions", async (c) => {
    const of = await signedIn(c);
    return of instanceof Response ? of : c.json(await listOwnSessions(db, of));
  });

  routes.post("/sessions/end", async (c) => {
    const of = await signedIn(c);
    if (of instanceof Response) return of;
    const sent = await readJsonObject(c);
    if (!sent) return notJson(c);
    const isEnded = await endOne(db, of, textOf(sent["id"]));
    return isEnded
      ? c.json({ ended: true })
      : c.json({ code: "NOT_FOUND", message: "Session not found" }, 404);
  });

  routes.post("/password", async (c) => {
    const of = await signedIn(c);
    if (of instanceof Response) return of;
    const sent = await readJsonObject(c);
    if (!sent) return notJson(c);
    const [current, wanted] = [textOf(sent["currentPassword"]), textOf(sent["newPassword"])];
    const { min, max } = PASSWORD_LENGTH;
    if (wanted.length < min || wanted.length > max) {
      const message = `A password has ${min} to ${max} characters.`;
      return c.json({ code: "PASSWORD_LENGTH", message }, 422);
    }
    const network = networkOf(c.get("clientAddress"));
    const place = await signIns.begin(of.personId, network);
    if (!place.allowed) return c.json({ code: "TOO_MANY_TRIES", message: TOO_MANY }, 429);
    let outcome: TryOutcome = "other";
    try {
      const hash = await findPasswordHash(db, of.personId);
      const newHash = await passwordTurn(network, async () => {
        const isRight = hash !== undefined && (await verifyPassword({ hash, password: current }));
        return isRight ? hashPassword(wanted) : undefined;
      });
      outcome = newHash === undefined ? "wrong" : "right";
      if (newHash === undefined) return c.json({ code: "WRONG_PASSWORD", message: WRONG }, 403);
      await setPassword(db, of, newHash);
      return c.json({ changed: true });
    } finally {
      await place.end(outcome);
    }
  });

  routes.get("/forgotten", (c) => c.json({ mail: mail !== null }));

  routes.post("/forgotten", async (c) => {
    if (isForeignPage(c.req.raw.headers, auth.origins)) {
      return c.json({ code: "FOREIGN_PAGE", message: "Use the dashboard's own page." }, 403);
    }
    const sent = await readJsonObject(c);
    if (!sent) return notJson(c);
    const requestId = c.get("requestId");
    const send = async (): Promise<void> => {
      if (mail === null) return;
      const made = await makeForgottenMail(db, { email: textOf(sent["email"]), webUrl, requestId });
      if (made) await mail(made);
    };
    // Behind the answer: neither its words nor its time tell whether anybody has the address.
    void send().catch((error: unknown) => logFault(c, log, error, { requestId }));
    return c.json({ asked: true }, 202);
  });
  return routes;
}

const WRONG = "The current password is wrong.";
const TOO_MANY = "Too many wrong passwords. Try again in a few minutes.";

const notJson = (c: Context<AppEnv>): Response =>
  c.json({ code: "NOT_JSON", message: "Send JSON." }, 415);
