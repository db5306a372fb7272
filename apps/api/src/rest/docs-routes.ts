import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { AppEnv } from "../http/app-env.ts";
import { renderDocsPage } from "./docs-page.ts";
import { createV3Document } from "./v3-document.ts";

/** What the dashboard's theme switch writes. */
const THEMES = new Set(["light", "dark"]);

/** The document of REST v3, for machines and for people. Made when first asked for. */
export function createDocsRoutes(): Hono<AppEnv> {
  let made: ReturnType<typeof createV3Document> | undefined;
  const document = () => (made ??= createV3Document());
  const routes = new Hono<AppEnv>();
  routes.get("/openapi.json", (c) => c.json(document()));
  routes.get("/docs", (c) => {
    c.header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    );
    const theme = getCookie(c, "theme") ?? "";
    return c.html(renderDocsPage(document(), THEMES.has(theme) ? theme : "system"));
  });
  return routes;
}
