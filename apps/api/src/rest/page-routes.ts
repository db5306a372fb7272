import { z } from "@hono/zod-openapi";
import { listPages } from "@scrapersky/api";
import type { PageItem } from "@scrapersky/api/contract";
import { legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { shapeOf } from "./shape.ts";

const FOUND = "2026-11-21T09:00:07.310022+00:00";
const text = z.string().nullable();
const number = z.int().nullable();

const page = shapeOf<PageItem>()("Page", {
  id: [z.uuid(), (item) => item.id, "3d1c2b40-8a52-4e58-9c39-0b6f2f1f2e42"],
  url: [z.string(), (item) => item.url, "https://example.com/"],
  domain_id: [z.uuid(), (item) => item.domainId, "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41"],
  domain: [z.string(), (item) => item.domain, "example.com"],
  type: [text, (item) => item.type, "home"],
  title: [text, (item) => item.title, "Example Domain"],
  status: [number, (item) => item.status, 200],
  words: [number, (item) => item.words, 28],
  language: [text, (item) => item.language, "en"],
  contact_form: [z.boolean(), (item) => item.contactForm, false],
  first_found: [time.nullable(), (item) => legacyTimeOrNull(item.firstFound), FOUND],
  last_scan: [time.nullable(), (item) => legacyTimeOrNull(item.lastScan), FOUND],
});

const gonePage = z
  .strictObject({
    id: z.uuid().nullable().openapi({ description: "null: all pages of the domain" }),
    domain_id: z.uuid(),
    deleted: z.literal(true),
  })
  .openapi("GonePage");

export const PAGE_ROUTES = [
  declareListRoute({
    operationId: "listPages",
    path: "/pages",
    noun: "pages",
    summary: "Pages that scans read, the newest first",
    list: listPages,
    shape: page,
    words: {
      title: { description: "Any part of it" },
      wordsMin: { description: "At least so many words" },
    },
    changes: {
      gone: gonePage,
      read: async ({ api }, ask) => {
        const { items, cursor } = await api.pages.changed(ask);
        const data = items.map((item) =>
          item.deleted
            ? { id: item.id, domain_id: item.domainId, deleted: true }
            : page.of(item.page),
        );
        return { data, cursor };
      },
    },
  }),
];
