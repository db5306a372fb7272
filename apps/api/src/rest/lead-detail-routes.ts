import { z } from "@hono/zod-openapi";
import { type FactTimes, type LeadDetail, LINES_SHOWN } from "@scrapersky/api/contract";
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

/** Since when a fact is known, and when a scan did not find it any more. */
const seen = { first_seen: time, last_seen: time.nullable(), gone_at: time.nullable() };
const seenOf = ({ firstSeen, lastSeen, goneAt }: FactTimes) => ({
  first_seen: legacyTime(firstSeen),
  last_seen: legacyTimeOrNull(lastSeen),
  gone_at: legacyTimeOrNull(goneAt),
});

const email = z.strictObject({
  email: z.string(),
  kind: z.string(),
  free: z.boolean(),
  own_domain: z.boolean(),
  person_name: text,
  person_title: text,
  takes_mail: text,
  pages: texts,
  ...seen,
});
const phone = z.strictObject({
  e164: z.string(),
  fax: z.boolean(),
  label: text,
  pages: texts,
  ...seen,
});
const person = z.strictObject({
  name: z.string(),
  title: text,
  email: text,
  phone: text,
  profile_url: text,
  page: z.string(),
  ...seen,
});
const social = z.strictObject({
  network: z.string(),
  account: z.string(),
  url: z.string(),
  ...seen,
});
const address = z.strictObject({
  written: z.string(),
  street: text,
  postcode: text,
  town: text,
  region: text,
  country: text,
  ...seen,
});
const technology = z.strictObject({
  name: z.string(),
  category: z.string(),
  version: text,
  evidence: z.strictObject({ in: z.string(), what: z.string(), page: z.string() }).nullable(),
  ...seen,
});
const change = z.strictObject({
  of: z.string(),
  what: z.enum(["appeared", "went", "changed"]),
  subject: text,
  field: text,
  from: text,
  to: text,
  unread: z.boolean(),
});
const line = z.strictObject({
  batch_id: z.uuid(),
  batch_label: text,
  at: time,
  line: z.int(),
  input: z.string(),
  cells: z.array(z.strictObject({ column: z.string(), text: z.string() })),
});

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
        pages: one.pages,
        ...seenOf(one),
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
        pages: ["https://example.com/"],
        first_seen: SCANNED,
        last_seen: SCANNED,
        gone_at: null,
      },
    ],
  ],
  phones: [
    z.array(phone).openapi(HIDDEN),
    ({ phones }) =>
      phones.map(({ e164, fax, label, pages, ...one }) => ({
        e164,
        fax,
        label,
        pages,
        ...seenOf(one),
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
        profile_url: one.profileUrl,
        page: one.page,
        ...seenOf(one),
      })),
    [],
  ],
  socials: [
    z.array(social).openapi(HIDDEN),
    ({ socials }) =>
      socials.map(({ network, account, url, ...one }) => ({
        network,
        account,
        url,
        ...seenOf(one),
      })),
    [],
  ],
  addresses: [
    z.array(address).openapi(HIDDEN),
    ({ addresses }) =>
      addresses.map((one) => ({
        written: one.written,
        street: one.street,
        postcode: one.postcode,
        town: one.town,
        region: one.region,
        country: one.country,
        ...seenOf(one),
      })),
    [],
  ],
  technologies: [
    z.array(technology),
    ({ technologies }) =>
      technologies.map(({ name, category, version, evidence, ...one }) => ({
        name,
        category,
        version,
        evidence,
        ...seenOf(one),
      })),
    [],
  ],
  changes: [
    z.array(z.strictObject({ at: time, left_out: z.int(), changes: z.array(change) })).openapi({
      description: "Between scans, the latest first; without contacts:read not of people",
    }),
    ({ changes }) =>
      changes.map((scan) => ({
        at: legacyTime(scan.at),
        left_out: scan.leftOut,
        changes: scan.changes,
      })),
    [],
  ],
  lines: [
    z.array(line).openapi({
      description: `The newest lines of lists that named it, at most ${LINES_SHOWN}, with their columns; left out without contacts:read`,
    }),
    ({ lines }) =>
      lines.map((one) => ({
        batch_id: one.batchId,
        batch_label: one.batchLabel,
        at: legacyTime(one.at),
        line: one.line,
        input: one.input,
        cells: one.cells,
      })),
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
