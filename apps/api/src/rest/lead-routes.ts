import { z } from "@hono/zod-openapi";
import { listContacts, listLeads } from "@scrapersky/api";
import { type ContactItem, LEAD_TRAITS, type LeadItem } from "@scrapersky/api/contract";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { shapeOf } from "./shape.ts";

const DOMAIN_ID = "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41";
const FIRST = "2026-11-21T09:00:02.004210+00:00";
const LAST = "2026-11-21T09:00:07.310022+00:00";

const text = z.string().nullable();
const texts = z.array(z.string());
const count = z.int().min(0);
const HIDDEN = { description: "null without contacts:read" };

const lead = shapeOf<LeadItem>()("Lead", {
  domain_id: [z.uuid(), (item) => item.domainId, DOMAIN_ID],
  domain: [z.string(), (item) => item.domain, "example.com"],
  name: [text, (item) => item.name, "Example Domain"],
  kind: [text.openapi({ description: "Type of schema.org" }), (item) => item.kind, null],
  best_email: [text.openapi(HIDDEN), (item) => item.bestEmail, null],
  best_phone: [text.openapi(HIDDEN), (item) => item.bestPhone, null],
  town: [text, (item) => item.town, null],
  region: [text, (item) => item.region, null],
  country: [text, (item) => item.country, null],
  language: [text, (item) => item.language, "en"],
  technologies: [texts, (item) => item.technologies, []],
  networks: [texts, (item) => item.networks, []],
  signals: [texts, (item) => item.signals, []],
  emails: [count, ({ counts }) => counts.emails, 0],
  phones: [count, ({ counts }) => counts.phones, 0],
  people: [count, ({ counts }) => counts.people, 0],
  pages: [count, ({ counts }) => counts.pages, 1],
  reason: [text, (item) => item.reason, "no_contact"],
  failure_code: [text, (item) => item.failureCode, null],
  label: [text, (item) => item.label, null],
  contacted_at: [time.nullable(), (item) => legacyTimeOrNull(item.contactedAt), null],
  do_not_contact: [z.boolean(), (item) => item.doNotContact, false],
  first_scan: [time, (item) => legacyTime(item.firstScan), FIRST],
  last_scan: [time, (item) => legacyTime(item.lastScan), LAST],
  changed_at: [time.nullable(), (item) => legacyTimeOrNull(item.changedAt), LAST],
});

const goneLead = z
  .strictObject({ domain_id: z.uuid(), deleted: z.literal(true) })
  .openapi("GoneLead");

const goneContact = z
  .strictObject({ id: z.uuid(), domain_id: z.uuid(), deleted: z.literal(true) })
  .openapi("GoneContact");

const contact = shapeOf<ContactItem>()("Contact", {
  id: [z.uuid(), (item) => item.id, "1f0c5a52-6f0e-4a37-9d3a-0b4f6a1f7c33"],
  email: [z.string(), (item) => item.email, "info@example.com"],
  kind: [z.enum(["role", "person", "other"]), (item) => item.kind, "role"],
  free: [z.boolean(), (item) => item.free, false],
  own_domain: [z.boolean(), (item) => item.ownDomain, true],
  person_name: [text, ({ person }) => person?.name ?? null, null],
  person_title: [text, ({ person }) => person?.title ?? null, null],
  takes_mail: [z.enum(["yes", "no", "unknown"]).nullable(), (item) => item.takesMail, "yes"],
  first_seen: [time, (item) => legacyTime(item.firstSeen), LAST],
  gone_at: [time.nullable(), (item) => legacyTimeOrNull(item.goneAt), null],
  domain_id: [z.uuid(), (item) => item.domainId, DOMAIN_ID],
  domain: [z.string(), (item) => item.domain, "example.com"],
  business: [text, (item) => item.business, "Example Domain"],
  town: [text, (item) => item.town, null],
  country: [text, (item) => item.country, null],
  do_not_contact: [z.boolean(), (item) => item.doNotContact, false],
});

export const LEAD_ROUTES = [
  declareListRoute({
    operationId: "listLeads",
    path: "/leads",
    noun: "leads",
    summary: "What scans found of businesses, a row a domain",
    list: listLeads,
    shape: lead,
    words: {
      q: { description: "Any part of the domain or the business's name" },
      contact: { description: "Any part of an e-mail or number; needs contacts:read" },
      has: { description: `Everything that it has: ${LEAD_TRAITS.join(", ")}` },
      lacks: { description: "What it may not have" },
      technology: { example: ["Shopify"] },
      country: { example: ["DE"] },
      batchId: { description: "Its uuid, or what the first system called it" },
    },
    changes: {
      gone: goneLead,
      read: async ({ api }, ask) => {
        const { items, cursor } = await api.leads.changed(ask);
        const data = items.map((item) =>
          item.deleted ? { domain_id: item.domainId, deleted: true } : lead.of(item.lead),
        );
        return { data, cursor };
      },
    },
  }),

  declareListRoute({
    operationId: "listContacts",
    path: "/contacts",
    noun: "contacts",
    summary: "E-mail addresses that scans found, a row an address of a domain",
    list: listContacts,
    shape: contact,
    words: {
      q: { description: "Any part of the address" },
      batchId: { description: "Its uuid, or what the first system called it" },
    },
    changes: {
      gone: goneContact,
      read: async ({ api }, ask) => {
        const { items, cursor } = await api.contacts.changed(ask);
        const data = items.map((item) =>
          item.deleted
            ? { id: item.id, domain_id: item.domainId, deleted: true }
            : contact.of(item.contact),
        );
        return { data, cursor };
      },
    },
  }),
];
