import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reference } from "@scrapersky/api/contract";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { AppEnv, Services } from "../http/app-env.ts";
import { limitAddress } from "../limit/limit-calls.ts";
import { describeProcedures } from "../reference/procedure-reference.ts";
import { describeRest } from "../reference/rest-reference.ts";
import { refuse } from "./answer-error.ts";
import { renderDocsPage } from "./docs-page.ts";
import { createV3Document } from "./v3-document.ts";

/** Where the build leaves the client's tarball: beside the program, which may run from its sources. */
const CLIENT = ["client.tgz", "../../dist/client.tgz"].map((path) =>
  join(import.meta.dirname, path),
);
const readClient = (): Promise<Buffer<ArrayBuffer> | undefined> =>
  Promise.any(CLIENT.map((path) => readFile(path))).catch(() => undefined);

/** What the dashboard's theme switch writes. */
const THEMES = new Set(["light", "dark"]);

/** The document of REST v3, for machines and for people, and what the dashboard's reference is drawn from. Made when first asked for. */
export function createDocsRoutes(services: Services): Hono<AppEnv> {
  const document = once(createV3Document);
  const rest = once(() => describeRest(document()));
  const reference = once((): Reference => ({ rest: rest(), procedures: describeProcedures() }));
  const routes = new Hono<AppEnv>();
  const limited = limitAddress(services);
  routes.get("/openapi.json", limited, (c) => c.json(document()));
  routes.get("/reference.json", limited, (c) => c.json(reference()));
  routes.get("/docs", limited, (c) => {
    c.header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    const theme = getCookie(c, "theme") ?? "";
    const { title, description } = document().info;
    const told = { title, description, theme: THEMES.has(theme) ? theme : "system" };
    return c.html(renderDocsPage(rest(), told));
  });
  routes.get("/client.tgz", limited, async (c) => {
    const file = await readClient();
    if (file === undefined) {
      return refuse(c, 404, { message: "The client is not built here: npm run client:pack" });
    }
    c.header("Content-Type", "application/gzip");
    c.header("Content-Disposition", 'attachment; filename="scrapersky-client.tgz"');
    return c.body(file);
  });
  return routes;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
