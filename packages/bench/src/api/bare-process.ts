/** Program: a bare Hono handler that gives the same rows: no rights, no procedures, no checks. `node bare-process.ts URL TENANT PORT`. */
import { serve } from "@hono/node-server";
import { listProfiles } from "@scrapersky/api";
import { createDatabase } from "@scrapersky/db";
import { Hono } from "hono";
import { CONNECTIONS } from "./served.ts";

const [url = "", tenantId = "", port = "0"] = process.argv.slice(2);
const { db } = createDatabase({ url, max: CONNECTIONS });
const app = new Hono();
app.get("/profiles", async (c) =>
  c.json(await listProfiles(db, tenantId, { limit: 20 }, { mayReadContacts: true })),
);
app.get("/health", (c) => c.text("ok"));
serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" });
