import { Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "../http/client-address.ts";
import { createSignInLimit } from "./sign-in-limit.ts";

/** Sign-in, sign-out and the session, as the dashboard uses them. */
export function createAuthRoutes({ auth }: Services): Hono<AppEnv> {
  const limit = createSignInLimit();
  const routes = new Hono<AppEnv>();

  routes.on(["GET", "POST"], "/*", async (c) => {
    const headers = new Headers(c.req.raw.headers);
    headers.set(CLIENT_ADDRESS_HEADER, clientAddress(c));
    const isSignIn = c.req.method === "POST" && c.req.path.endsWith("/sign-in/email");
    if (!isSignIn) return auth.handler(new Request(c.req.raw, { headers }));

    const body = await c.req.text();
    const email = emailOf(body);
    const waitMs = limit.waitMs(email);
    if (waitMs > 0) {
      c.header("Retry-After", String(Math.ceil(waitMs / 1000)));
      return c.json(
        {
          code: "TOO_MANY_TRIES",
          message: "Too many failed sign-ins. Try again in a few minutes.",
        },
        429,
      );
    }
    const answer = await auth.handler(new Request(c.req.url, { method: "POST", headers, body }));
    if (answer.status === 401) limit.noteFailure(email);
    if (answer.ok) limit.noteSuccess(email);
    return answer;
  });
  return routes;
}

function emailOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && "email" in parsed
      ? String(parsed.email)
      : "";
  } catch {
    return "";
  }
}
