import { type Context, Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "../http/client-address.ts";
import { HEADERS, retryAfterOf } from "../http/headers.ts";
import { createSignInLimit, type TryOutcome } from "./sign-in-limit.ts";

/** Sign-in, sign-out and the session, as the dashboard uses them. */
export function createAuthRoutes({ auth }: Services): Hono<AppEnv> {
  const limit = createSignInLimit();
  const routes = new Hono<AppEnv>();

  routes.on(["GET", "POST"], "/*", async (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(CLIENT_ADDRESS_HEADER, clientAddress(c));
    const isSignIn = c.req.method === "POST" && c.req.path.endsWith("/sign-in/email");
    if (!isSignIn) return auth.handler(new Request(c.req.raw, { headers }));

    const credentials = await readCredentials(c);
    if (!credentials) {
      return c.json({ code: "NOT_JSON", message: "Send the e-mail and password as JSON." }, 415);
    }
    const { email, body } = credentials;
    const place = limit.begin(email);
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
      const answer = await auth.handler(new Request(c.req.url, { method: "POST", headers, body }));
      if (answer.status === 401) outcome = "wrong";
      if (answer.ok) outcome = "right";
      return answer;
    } finally {
      place.end(outcome);
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
): Promise<{ email: string; body: string } | undefined> {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return undefined;
  try {
    const sent: unknown = JSON.parse(await c.req.text());
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return undefined;
    const email = "email" in sent && typeof sent.email === "string" ? sent.email : "";
    return { email, body: JSON.stringify({ ...sent, email }) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
