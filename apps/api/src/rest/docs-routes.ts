import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { AppEnv, Services } from "../http/app-env.ts";
import { limitAddress } from "../limit/limit-calls.ts";
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

/** The document of REST v3, for machines and for people. Made when first asked for. */
export function createDocsRoutes(services: Services): Hono<AppEnv> {
  let made: ReturnType<typeof createV3Document> | undefined;
  const document = () => (made ??= createV3Document());
  const routes = new Hono<AppEnv>();
  const limited = limitAddress(services);
  routes.get("/openapi.json", limited, (c) => c.json(document()));
  routes.get("/docs", limited, (c) => {
    c.header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    const theme = getCookie(c, "theme") ?? "";
    return c.html(renderDocsPage(document(), THEMES.has(theme) ? theme : "system"));
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
