import { executeRawSql, type Tx } from "@scrapersky/db";
import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import { findUntold } from "@scrapersky/testing/facts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getDomain } from "../src/domain/get-domain.ts";
import { getLead } from "../src/lead/get-lead.ts";
import { recordOutcomes } from "../src/services.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, lead, metrics, page, site } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

// What a scrape says and nobody keeps is lost without a word: each fact is changed by itself, and must change
// what is stored, and what is read for the page of the domain or of the lead, unless it is named here.

const of = (where: string, names: string) => names.split(" ").map((name) => `${where}.${name}`);

/** The name that was asked for is that of the job; the domain's row has it from there. */
const NOT_STORED = ["site.domain"];

/** Facts that a row keeps and neither page is given. */
const NOT_READ = [
  ...of("site", "faviconUrl logoUrl hostingProvider sslVersion sitemapCount sitemapUrls"),
  ...of("site.plugins.elementor", "version"),
  ...of("site.plugins", "divi woocommerce contactForm7 yoast wpforms"),
  ...of("site", "paymentMethods[] businessHours[] imagesCount averagePageBytes averageResponseMs"),
  ...of(
    "pages[]",
    "canonicalUrl metaRobots language hasComments inboundLinks[] outboundLinks[] lastModified status bytes",
  ),
  ...of("metrics", "requests pages bytes fetchMs parseMs httpStatus finalUrl"),
];

let world: World;
/** A query for every row of every table but the one that counts. */
let everyRow: string;
beforeAll(async () => {
  world = await createWorld();
  const api = await world.caller(world.tenants.near, "owner");
  for (const domains of [["bakery.example"], ["bakery.example"]])
    await api.batches.create({ domains });
  // One counts what was tried, the other tells nothing of a site.
  const tables = await world.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema in ('public', 'app') and table_name not in ('batch_jobs', 'changed_work') order by 1`,
  );
  everyRow = tables.map(({ name }) => `select t::text as row from ${name} t`).join(" union all ");
});
afterAll(() => world.close());

/** Facts of which only some words make a difference. */
const OTHERS = {
  "lead.business.nameFrom": "og",
  "lead.emails[].hidden": "plain",
  "lead.emails[].takesMail": "no",
  "lead.phones[].from": "text",
  "lead.faxes[].from": "text",
  "lead.addresses[].from": "text",
  "lead.technologies[].evidence.where": "html",
  "lead.country.confidence": "weak",
  "lead.emails[].kind": "role",
  "lead.emails[].pages[]": "https://bakery.example/",
  "pages[].pageType": "home",
};

const UNDONE = new Error("looked at, and not kept");

/** What a scan leaves in the tables, and what is read of that, without ids and times of its own. */
async function tellsOf(tx: Tx, claim: ScrapeClaim, outcome: ScrapeOutcome) {
  let told = { stored: "", read: "" };
  const look = tx.savepoint(async (inner) => {
    await recordOutcomes(inner, [{ ...claim, workerId: "worker-1", outcome, final: true }]);
    const stored = await executeRawSql<{ row: string }>(inner, everyRow);
    const [domain] = await executeRawSql<{ id: string }>(inner, "select id from domains");
    const who = { tenantId: world.tenants.near.id, mayReadContacts: true };
    const read = [
      await getDomain(inner, who, domain?.id ?? ""),
      await getLead(inner, who, domain?.id ?? ""),
    ];
    told = {
      stored: stored
        .map(({ row }) => withoutOwn(row))
        .toSorted()
        .join(),
      read: withoutOwn(read),
    };
    throw UNDONE;
  });
  await look.catch((error: unknown) => {
    if (error !== UNDONE) throw error;
  });
  return told;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)[.\d]*(Z|\+00(:00)?)?/g;
const DAY_MS = 86_400_000;
const withoutOwn = (of: unknown): string =>
  JSON.stringify(of)
    .replaceAll(UUID, "<id>")
    .replaceAll(TIME, (time, day, hour) =>
      Math.abs(Date.parse(`${day}T${hour}Z`) - Date.now()) < DAY_MS ? "<now>" : time,
    );

const faxes = lead.phones;
const person = { name: "Anna Sonne", title: "Inhaberin" };
const geo = { lat: 48.2, lon: 16.4 };
const SCAN = {
  lead: {
    ...lead,
    emails: lead.emails.map((email) => ({ ...email, person })),
    addresses: lead.addresses.map((address) => ({ ...address, geo })),
    faxes,
    reason: "form_only" as const,
    capped: ["emails"],
  },
  site,
  pages: [page("/"), page("/contact")],
  flags: [],
  metrics,
};

test.each(["first", "later"])(
  "each fact of a %s scan is stored, and each that is stored is read, but for those named here",
  async (scan) => {
    const [claim] = await claimJobs(world, 1);
    if (!claim) throw new Error(`no job for the ${scan} scan`);
    await world.database.db.transaction(async (tx) => {
      const seen = new Map<string, Awaited<ReturnType<typeof tellsOf>>>();
      const told = async (facts: typeof SCAN) => {
        const key = JSON.stringify(facts);
        const known = seen.get(key) ?? (await tellsOf(tx, claim, { kind: "done", ...facts }));
        seen.set(key, known);
        return known;
      };
      const lost = await findUntold(SCAN, async (facts) => (await told(facts)).stored, OTHERS);
      expect(lost, scan).toEqual(NOT_STORED);
      const unread = await findUntold(SCAN, async (facts) => (await told(facts)).read, OTHERS);
      expect(unread.filter((path) => !lost.includes(path))).toEqual(NOT_READ);
    });
    await recordClaim(world, claim, done());
  },
);
