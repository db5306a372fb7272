import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";

/** A year: browsers ask for nothing but https from then on. */
const HTTPS_ONLY = "max-age=31536000";

/** What every answer tells browsers: to take it for what it says it is, and to stay with https where the dashboard has it. */
export const safeHeaders = (webUrl: string) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next();
    c.res.headers.set("x-content-type-options", "nosniff");
    if (webUrl.startsWith("https://")) c.res.headers.set("strict-transport-security", HTTPS_ONLY);
  });
