import { OpenAPIHono } from "@hono/zod-openapi";
import { V3_PREFIX, V3_ROUTES } from "./v3-routes.ts";

/** In 3.1 one of both is to be told, the words or where they stand; the library knows the second alone. */
const LICENSE = { name: "Proprietary", identifier: "LicenseRef-Proprietary" };

/** The document at `/api/openapi.json`: the declarations of the routes, as OpenAPI 3.1 says them. */
export function createV3Document() {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description:
      "An API key as a bearer token, or the token of a user of the Supabase project that this server accepts tokens of.",
  });
  for (const { config } of V3_ROUTES) {
    openAPIRegistry.registerPath({ ...config, path: V3_PREFIX + config.path });
  }
  return getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "ScraperSky REST v3",
      version: "3.0.0",
      license: LICENSE,
      description:
        "For programs in any language, and for scripts of the first system as they are. Programs in TypeScript may call the typed procedures through @scrapersky/client. Parameters that a route does not have are refused, but for raw_sql, no_prepare and statement_cache_size of the first system, which are taken and say nothing.",
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "batches", description: "Lists of domains to scrape" },
      { name: "jobs", description: "One domain of one batch each" },
      { name: "leads", description: "What scans found of businesses" },
      { name: "contacts", description: "E-mail addresses of businesses" },
      { name: "pages", description: "Pages of their sites" },
      { name: "exports", description: "Lists as files: CSV, workbooks, JSON" },
      { name: "profiles", description: "People of a tenant" },
      { name: "account", description: "The caller's own: rights, search, what they are told" },
      { name: "tenants", description: "Customer organisations, for the staff of the platform" },
      { name: "features", description: "What tenants may have, and the sidebar" },
      {
        name: "platform",
        description: "Workers, queues and the schema, for the staff of the platform",
      },
      { name: "keys", description: "Keys of programs" },
      { name: "audit", description: "Who did what" },
      { name: "schedules", description: "Lists and filters that run again by cron" },
      { name: "db-portal", description: "The database, for the staff of the platform" },
      { name: "settings", description: "How a tenant wants things" },
      { name: "views", description: "Filters of lists that people keep under a name" },
      { name: "webhooks", description: "Programs that are told of what happens" },
      { name: "suppressions", description: "What is never visited, stored or exported" },
      { name: "bulk", description: "One act on many rows" },
    ],
  });
}
