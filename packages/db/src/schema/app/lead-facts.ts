import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { inAscii, leads } from "./leads.ts";
import { revision } from "./xid8.ts";

// The facts of a lead, one row each. What a later scan does not find stays, with when it was last seen; what is still
// there was last seen at the lead's `last_success`, so that a scan which finds nothing new writes none of these rows.

const ofLead = () => ({
  domainId: uuid("domain_id").notNull(),
  tenantId: uuid("tenant_id").notNull(),
});

const seen = () => ({
  firstSeen: timestamptz("first_seen").notNull().defaultNow(),
  /** Null while it is still there. */
  lastSeen: timestamptz("last_seen"),
  /** The first scan that did not find it any more; null while it is still there. */
  goneAt: timestamptz("gone_at"),
});

interface FactColumns {
  domainId: AnyPgColumn;
  lastSeen: AnyPgColumn;
  goneAt: AnyPgColumn;
}

const rulesOf = (name: string, table: FactColumns) => [
  foreignKey({
    name: `${name}_domain_id_fkey`,
    columns: [table.domainId],
    foreignColumns: [leads.domainId],
  }).onDelete("cascade"),
  check(`${name}_gone_check`, sql`(${table.goneAt} is null) = (${table.lastSeen} is null)`),
];

const oneOf = (name: string, column: AnyPgColumn, words: SQL) =>
  check(name, sql`${column} in (${words})`);

export const leadEmails = app.table(
  "lead_emails",
  {
    ...ofLead(),
    email: text("email").notNull(),
    /** For programs that synchronise: it outlives the address in `lead_tombstones`. */
    id: uuid("id").notNull().defaultRandom(),
    kind: text("kind", { enum: ["role", "person", "other"] }).notNull(),
    free: boolean("free").notNull(),
    ownDomain: boolean("own_domain").notNull(),
    personName: text("person_name"),
    personTitle: text("person_title"),
    /** Null in rows that were brought up from what earlier versions kept. */
    hidden: text("hidden", { enum: ["plain", "mailto", "encoded", "written", "data"] }),
    pages: text("pages").array().notNull(),
    context: text("context"),
    /** Null when nobody asked. */
    takesMail: text("takes_mail", { enum: ["yes", "no", "unknown"] }),
    takesMailAt: timestamptz("takes_mail_at"),
    ...seen(),
    /** Since when it can be seen; null in rows of earlier versions, where it is since it was first seen. */
    cameAt: timestamptz("came_at").defaultNow(),
    revision: revision(),
  },
  (table) => [
    primaryKey({ name: "lead_emails_pkey", columns: [table.domainId, table.email] }),
    ...rulesOf("lead_emails", table),
    oneOf("lead_emails_kind_check", table.kind, sql`'role', 'person', 'other'`),
    oneOf(
      "lead_emails_hidden_check",
      table.hidden,
      sql`'plain', 'mailto', 'encoded', 'written', 'data'`,
    ),
    oneOf("lead_emails_takes_mail_check", table.takesMail, sql`'yes', 'no', 'unknown'`),
    uniqueIndex("lead_emails_id_key").on(table.id),
    index("lead_emails_tenant_id_first_seen_idx").on(table.tenantId, table.firstSeen, table.id),
    index("lead_emails_tenant_id_email_idx").on(table.tenantId, inAscii(table.email), table.id),
    index("lead_emails_tenant_id_revision_domain_id_idx").on(
      table.tenantId,
      table.revision,
      table.domainId,
      table.id,
    ),
    // Where the database has pg_trgm.
    index("lead_emails_email_idx").using("gin", table.email.op("gin_trgm_ops")),
  ],
);

export const leadPhones = app.table(
  "lead_phones",
  {
    ...ofLead(),
    e164: text("e164").notNull(),
    fax: boolean("fax").notNull(),
    national: text("national"),
    foundAs: text("found_as", { enum: ["tel", "text", "whatsapp", "json_ld"] }),
    label: text("label"),
    pages: text("pages").array().notNull(),
    ...seen(),
  },
  (table) => [
    primaryKey({ name: "lead_phones_pkey", columns: [table.domainId, table.e164, table.fax] }),
    ...rulesOf("lead_phones", table),
    oneOf("lead_phones_found_as_check", table.foundAs, sql`'tel', 'text', 'whatsapp', 'json_ld'`),
    index("lead_phones_tenant_id_e164_idx").on(table.tenantId, table.e164.op("text_pattern_ops")),
    index("lead_phones_e164_idx").using("gin", table.e164.op("gin_trgm_ops")),
  ],
);

export const leadPeople = app.table(
  "lead_people",
  {
    ...ofLead(),
    name: text("name").notNull(),
    title: text("title"),
    email: text("email"),
    /** E.164. */
    phone: text("phone"),
    profileUrl: text("profile_url"),
    page: text("page").notNull(),
    ...seen(),
  },
  (table) => [
    primaryKey({ name: "lead_people_pkey", columns: [table.domainId, table.name] }),
    ...rulesOf("lead_people", table),
  ],
);

export const leadSocials = app.table(
  "lead_socials",
  {
    ...ofLead(),
    /** A `SocialNetwork`. */
    network: text("network").notNull(),
    account: text("account").notNull(),
    url: text("url").notNull(),
    page: text("page"),
    ...seen(),
  },
  (table) => [
    primaryKey({
      name: "lead_socials_pkey",
      columns: [table.domainId, table.network, table.account],
    }),
    ...rulesOf("lead_socials", table),
  ],
);

export const leadAddresses = app.table(
  "lead_addresses",
  {
    ...ofLead(),
    /** One line, as the page has it. */
    written: text("written").notNull(),
    street: text("street"),
    postcode: text("postcode"),
    town: text("town"),
    region: text("region"),
    /** ISO 3166 alpha-2. */
    country: text("country"),
    /** Degrees. */
    latitude: doublePrecision("latitude"),
    longitude: doublePrecision("longitude"),
    foundAs: text("found_as", { enum: ["json_ld", "microdata", "address", "text", "map"] }),
    page: text("page"),
    ...seen(),
  },
  (table) => [
    primaryKey({ name: "lead_addresses_pkey", columns: [table.domainId, table.written] }),
    ...rulesOf("lead_addresses", table),
    oneOf(
      "lead_addresses_found_as_check",
      table.foundAs,
      sql`'json_ld', 'microdata', 'address', 'text', 'map'`,
    ),
  ],
);

export const leadTechnologies = app.table(
  "lead_technologies",
  {
    ...ofLead(),
    name: text("name").notNull(),
    /** Key of `TechnologyCategories`. */
    category: text("category").notNull(),
    version: text("version"),
    evidenceIn: text("evidence_in", {
      enum: ["asset", "form", "script", "link", "header", "cookie", "meta", "html"],
    }),
    /** The piece that was seen, shortened. */
    evidence: text("evidence"),
    page: text("page"),
    ...seen(),
  },
  (table) => [
    primaryKey({ name: "lead_technologies_pkey", columns: [table.domainId, table.name] }),
    ...rulesOf("lead_technologies", table),
    oneOf(
      "lead_technologies_evidence_in_check",
      table.evidenceIn,
      sql`'asset', 'form', 'script', 'link', 'header', 'cookie', 'meta', 'html'`,
    ),
  ],
);
