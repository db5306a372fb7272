import { findSignInLink } from "@scrapersky/api";
import {
  HEADERS,
  type LinkState,
  PASSWORD_LENGTH,
  type SignInLink,
} from "@scrapersky/api/contract";
import { hashPassword } from "better-auth/crypto";
import { type Context, Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { networkOf } from "../limit/network-of.ts";
import { isForeignPage } from "./principal.ts";
import { readJsonObject, textOf } from "./read-json.ts";
import { useLink } from "./use-link.step.ts";

// One-time links. The token stands behind the # of the page's address, which browsers send to nobody: it
// arrives here in a body, and no log of ours or of a proxy has it.

const REFUSALS: Record<Exclude<LinkState, "open">, { status: 403 | 404 | 410; code: string }> = {
  unknown: { status: 404, code: "LINK_UNKNOWN" },
  used: { status: 410, code: "LINK_USED" },
  expired: { status: 410, code: "LINK_EXPIRED" },
  replaced: { status: 410, code: "LINK_REPLACED" },
  disabled: { status: 403, code: "ACCOUNT_INACTIVE" },
};

/** Looking at a link, which uses nothing up, and using it: `POST .../state` and `POST ...`. */
export function createLinkRoutes({ auth, database, passwordTurn }: Services): Hono<AppEnv> {
  const { db } = database;
  const routes = new Hono<AppEnv>();

  routes.post("/state", async (c) => {
    const sent = await readJsonObject(c);
    if (!sent) return notJson(c);
    return c.json(await findSignInLink(db, textOf(sent["token"])));
  });

  routes.post("/", async (c) => {
    // Else a page elsewhere could sign its reader in as somebody of its choice.
    if (isForeignPage(c.req.raw.headers, auth.origins)) {
      return c.json({ code: "FOREIGN_PAGE", message: "Open the link itself." }, 403);
    }
    const sent = await readJsonObject(c);
    if (!sent) return notJson(c);
    const [token, password] = [textOf(sent["token"]), textOf(sent["password"])];
    const seen = await findSignInLink(db, token);
    if (seen.state !== "open") return refuse(c, seen);
    const { min, max } = PASSWORD_LENGTH;
    if (password.length < min || password.length > max) {
      const message = `A password has ${min} to ${max} characters.`;
      return c.json({ code: "PASSWORD_LENGTH", message }, 422);
    }
    // Before the transaction: hashing takes longer than everything in it.
    const network = networkOf(c.get("clientAddress"));
    const passwordHash = await passwordTurn(network, () => hashPassword(password));
    const used = await useLink(db, { token, passwordHash, requestId: c.get("requestId") });
    if (used.state !== "open") return refuse(c, used);
    const answer = await passwordTurn(network, () =>
      auth.handler(signIn(c, used.email ?? "", password)),
    );
    // The password is set all the same: it can be signed in with by hand.
    return answer.ok ? answer : c.json({ signedIn: false });
  });
  return routes;
}

const notJson = (c: Context<AppEnv>): Response =>
  c.json({ code: "NOT_JSON", message: "Send the token and the password as JSON." }, 415);

function refuse(c: Context<AppEnv>, { state, email }: SignInLink): Response {
  if (state === "open") throw new Error("an open link is no reason to refuse");
  const { status, code } = REFUSALS[state];
  return c.json({ code, message: "This link cannot be used.", state, email }, status);
}

/** The sign-in that the person would send next. */
function signIn(c: Context<AppEnv>, email: string, password: string): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.delete("content-length");
  // Whoever was signed in before in this browser has nothing to do with it.
  headers.delete("cookie");
  headers.set(HEADERS.clientAddress, c.get("clientAddress"));
  const url = new URL("/api/auth/sign-in/email", c.req.url);
  const body = JSON.stringify({ email, password });
  return new Request(url, { method: "POST", headers, body });
}
