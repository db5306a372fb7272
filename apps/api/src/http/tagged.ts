import { withStatementTags } from "@scrapersky/db";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";

/**
 * Tags the statements of these routes with the request's id and this name. A procedure that is called
 * inside puts its own name in its place.
 */
export const tagged = (procedure: string) =>
  createMiddleware<AppEnv>((c, next) =>
    withStatementTags({ requestId: c.get("requestId"), procedure }, next),
  );
