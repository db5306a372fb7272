import { z } from "@hono/zod-openapi";
import type { LeadDetail } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const DOMAIN_ID = "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41";
const SCANNED = "2026-11-21T09:00:07.310022+00:00";
const DOMAIN_LENGTH_MAX = 300;

const text = z.string().nullable();
const texts = z.array(z.string());
const HIDDEN = { description: "Left out without contacts:read" };

const email = z.strictObject({
  email: z.string(),
  kind: z.string(),
  free: z.boolean(),
  own_domain: z.boolean(),
  person_name: text,
  person_title: text,
  takes_mail: text,
  first_seen: time,
  gone_at: time.nullable(),
});
const phone = z.strictObject({
  e164: z.string(),
  fax: z.boolean(),
  label: text,
  gone_at: time.nullable(),
});
const person = z.strictObject({ name: z.string(), title: text, email: text, phone: text });
const social = z.strictObject({ network: z.string(), account: z.string(), url: z.string() });
const technology = z.strictObject({ name: z.string(), category: z.string(), version: text });

const detail = shapeOf<LeadDetail>()("LeadDetail", {
  domain_id: [z.uuid(), (lead) => lead.domainId, DOMAIN_ID],
  domain: [z.string(), (lead) => lead.domain, "example.com"],
  name: [text, ({ business }) => business.name, "Example Domain"],
  kind: [text, ({ business }) => business.kind, null],
  legal_name: [text.openapi(HIDDEN), ({ business }) => business.legalName, null],
  best_email: [text.openapi(HIDDEN), ({ bestEmail }) => bestEmail?.value ?? null, null],
  best_phone: [text.openapi(HIDDEN), ({ bestPhone }) => bestPhone?.value ?? null, null],
  street: [text.openapi(HIDDEN), ({ place }) => place.street, null],
  postcode: [text, ({ place }) => place.postcode, null],
  town: [text, ({ place }) => place.town, null],
  region: [text, ({ place }) => place.region, null],
  country: [text, ({ country }) => country?.code ?? null, null],
  language: [text, ({ languages }) => languages.site, "en"],
  signals: [texts, (lead) => lead.signals, []],
  reason: [text, ({ reason }) => reason?.code ?? null, "no_contact"],
  failure_code: [text, ({ failure }) => failure?.code ?? null, null],
  label: [text, ({ notes }) => notes.label, null],
  note: [text.openapi(HIDDEN), ({ notes }) => notes.note, null],
  contacted_at: [time.nullable(), ({ notes }) => legacyTimeOrNull(notes.contactedAt), null],
  do_not_contact: [z.boolean(), ({ notes }) => notes.doNotContact, false],
  first_scan: [time, (lead) => legacyTime(lead.firstScan), SCANNED],
  last_scan: [time, (lead) => legacyTime(lead.lastScan), SCANNED],
  changed_at: [time.nullable(), (lead) => legacyTimeOrNull(lead.changedAt), SCANNED],
  emails: [
    z.array(email).openapi(HIDDEN),
    ({ emails }) =>
      emails.map((one) => ({
        email: one.email,
        kind: one.kind,
        free: one.free,
        own_domain: one.ownDomain,
        person_name: one.person?.name ?? null,
        person_title: one.person?.title ?? null,
        takes_mail: one.takesMail,
        first_seen: legacyTime(one.firstSeen),
        gone_at: legacyTimeOrNull(one.goneAt),
      })),
    [
      {
        email: "info@example.com",
        kind: "role",
        free: false,
        own_domain: true,
        person_name: null,
        person_title: null,
        takes_mail: "yes",
        first_seen: SCANNED,
        gone_at: null,
      },
    ],
  ],
  phones: [
    z.array(phone).openapi(HIDDEN),
    ({ phones }) =>
      phones.map(({ e164, fax, label, goneAt }) => ({
        e164,
        fax,
        label,
        gone_at: legacyTimeOrNull(goneAt),
      })),
    [],
  ],
  people: [
    z.array(person).openapi(HIDDEN),
    ({ people }) =>
      people.map((one) => ({
        name: one.name,
        title: one.title,
        email: one.email,
        phone: one.phone,
      })),
    [],
  ],
  socials: [
    z.array(social).openapi(HIDDEN),
    ({ socials }) => socials.map(({ network, account, url }) => ({ network, account, url })),
    [],
  ],
  technologies: [
    z.array(technology),
    ({ technologies }) =>
      technologies.map(({ name, category, version }) => ({ name, category, version })),
    [],
  ],
});

export const LEAD_DETAIL_ROUTES = [
  declareRoute({
    operationId: "getLead",
    method: "get",
    path: "/leads/{domain}",
    noun: "leads",
    summary: "Everything that is kept of the business of a domain",
    permission: "domains:read",
    takes: {
      path: { domain: idInPath({ max: DOMAIN_LENGTH_MAX, description: "Or any address of it" }) },
    },
    answer: z.strictObject({ data: detail.schema }),
    example: { data: detail.example },
    refuses: { 404: noSuch("Lead") },
    respond: async (c, { path }) => {
      const { api } = c.get("rest");
      return { data: detail.of(await api.leads.byDomain({ domain: path.domain })) };
    },
  }),
];
