import { startJobs, recordOutcomes, type RecordInput } from "@scrapersky/api/services";
import { createQueue } from "@scrapersky/queue";
import type { Stack } from "./stack.ts";

type Done = Extract<RecordInput["outcome"], { kind: "done" }>;

const URL = "https://example.com/";
const METRICS = {
  requests: 3,
  pages: 1,
  bytes: 1256,
  fetchMs: 90,
  parseMs: 2,
  httpStatus: 200,
  finalUrl: URL,
};

/** What a visit to a small site without contacts comes back with. */
const OUTCOME: Done = {
  kind: "done",
  flags: [],
  metrics: METRICS,
  pages: [
    {
      url: URL,
      title: "Example Domain",
      description: null,
      h1: "Example Domain",
      canonicalUrl: null,
      metaRobots: null,
      language: "en",
      schemaTypes: [],
      hasContactForm: false,
      hasComments: false,
      wordCount: 28,
      inboundLinks: [],
      outboundLinks: [],
      lastModified: null,
      pageType: "home",
      status: 200,
      bytes: 1256,
    },
  ],
  lead: {
    business: { name: "Example Domain", nameFrom: "title", kind: null, legalName: null },
    emails: [],
    bestEmail: null,
    bestPersonEmail: null,
    phones: [],
    faxes: [],
    bestPhone: null,
    people: [],
    socials: [],
    addresses: [],
    country: null,
    languages: { site: "en", pages: ["en"] },
    technologies: [],
    signals: {
      contactForm: false,
      shop: false,
      booking: false,
      blog: false,
      newsletter: false,
      cookieNotice: false,
      privacyPolicy: false,
      lastModified: null,
      parked: false,
      needsJs: false,
      botWall: false,
    },
    reason: "no_contact",
    capped: [],
  },
  site: {
    domain: "example.com",
    finalUrl: URL,
    redirectedTo: null,
    title: "Example Domain",
    description: null,
    faviconUrl: null,
    logoUrl: null,
    ipAddress: "192.0.2.10",
    server: null,
    cdn: null,
    hostingProvider: null,
    responseMs: 40,
    hasSsl: true,
    sslIssuer: null,
    sslVersion: null,
    sslExpiresAt: null,
    securityHeaders: {},
    robotsTxt: null,
    hasSitemap: false,
    sitemapUrl: null,
    sitemapCount: 0,
    sitemapUrls: 0,
    feedUrls: [],
    copyrightYear: null,
    googleAnalyticsId: null,
    googleTagManagerId: null,
    wordpress: null,
    plugins: {
      elementor: null,
      divi: false,
      woocommerce: false,
      contactForm7: false,
      yoast: false,
      wpforms: false,
    },
    paymentMethods: [],
    businessHours: null,
    imagesCount: 0,
    averagePageBytes: 1256,
    averageResponseMs: 40,
  },
};

/** Claims what waits and records that it was read, as a worker does. */
export async function answerWaitingJobs(
  { database }: Pick<Stack, "database">,
  emails: Done["lead"]["emails"] = [],
): Promise<void> {
  const outcome = { ...OUTCOME, lead: { ...OUTCOME.lead, emails } };
  const queue = createQueue(database);
  const workerId = "worker-1";
  await database.db.transaction(async (tx) => {
    const { claims } = await queue.claimScrapes(tx, 10);
    await startJobs(tx, { workerId, claims });
    await queue.settleScrapes(tx, claims);
    await recordOutcomes(
      tx,
      claims.map(({ jobId, attempt }) => ({
        jobId,
        attempt,
        workerId,
        outcome,
        final: true,
      })),
    );
  });
}
