import { sql, type SQLWrapper } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { domains } from "../domains.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { revision } from "./xid8.ts";

const textArray = (name: string) =>
  text(name)
    .array()
    .notNull()
    .default(sql`'{}'`);

/** Columns of a lead, of its table or of an alias of it. */
type Of<Name extends string> = Record<Name, AnyPgColumn>;

/** Everything that a lead is filtered by, each as one number: `leads_facets_idx` answers any of them together. */
export const leadFacets = (
  lead: Of<
    | "tenantId"
    | "technologyNames"
    | "technologyCategories"
    | "networks"
    | "takesMail"
    | "signals"
    | "country"
    | "region"
    | "town"
    | "language"
    | "reason"
    | "label"
    | "emails"
    | "phones"
    | "people"
    | "contactedAt"
    | "doNotContact"
  >,
) =>
  sql`app.lead_facets(${lead.tenantId}, ${lead.technologyNames}, ${lead.technologyCategories}, ${lead.networks}, ${lead.takesMail}, ${lead.signals}, ${lead.country}, ${lead.region}, ${lead.town}, ${lead.language}, ${lead.reason}, ${lead.label}, ${lead.emails} > 0, ${lead.phones} > 0, ${lead.people} > 0, ${lead.contactedAt} is not null, ${lead.doNotContact})`;

/** Sorted by its characters, which also finds what begins with some of them. */
export const inAscii = (text: SQLWrapper) => sql`${text} collate "C"`;

/** What a lead is sorted by as its name: of one that says none, its domain. */
export const leadName = (lead: Of<"businessName" | "displayDomain">) =>
  sql`lower(left(coalesce(${lead.businessName}, ${lead.displayDomain}), 60))`;

export const leadTown = (lead: Of<"town">) => sql`coalesce(lower(left(${lead.town}, 60)), '')`;

/** What a lead is searched in by any part. */
export const leadNames = (lead: Of<"domain" | "displayDomain" | "businessName">) =>
  sql`lower(${lead.domain} || ' ' || ${lead.displayDomain} || ' ' || coalesce(${lead.businessName}, ''))`;

/**
 * What scans found of one business, one row a scanned domain, with what staff noted on it. Its facts one by one are in
 * the tables beside this one. Words of closed lists are those of `LeadFacts`, where a test of packages/api holds them.
 */
export const leads = app.table(
  "leads",
  {
    domainId: uuid("domain_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    domain: text("domain").notNull(),
    /** The domain as people read it. */
    displayDomain: text("display_domain").notNull(),
    /** Where the domain's visitors end up; domains of a tenant that share it are one business. */
    businessKey: text("business_key"),
    businessName: text("business_name"),
    businessNameFrom: text("business_name_from", { enum: ["json_ld", "og", "imprint", "title"] }),
    /** schema.org type. */
    businessKind: text("business_kind"),
    legalName: text("legal_name"),
    bestEmail: text("best_email"),
    bestEmailRule: text("best_email_rule"),
    bestEmailBy: text("best_email_by", { enum: ["rule", "hand"] }),
    /** E.164. */
    bestPhone: text("best_phone"),
    bestPhoneRule: text("best_phone_rule"),
    bestPhoneBy: text("best_phone_by", { enum: ["rule", "hand"] }),
    /** What the rules would choose, whether or not somebody chose by hand. */
    suggested: jsonb("suggested").notNull().default({}),
    /** Of the first address. */
    street: text("street"),
    postcode: text("postcode"),
    town: text("town"),
    region: text("region"),
    /** ISO 3166 alpha-2, also where it is a weak guess. */
    country: text("country"),
    countryConfidence: text("country_confidence", { enum: ["sure", "likely", "weak"] }),
    countrySigns: jsonb("country_signs").notNull().default([]),
    language: text("language"),
    pageLanguages: text("page_languages")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** How many of each are still there. */
    emails: integer("emails").notNull().default(0),
    phones: integer("phones").notNull().default(0),
    faxes: integer("faxes").notNull().default(0),
    people: integer("people").notNull().default(0),
    socials: integer("socials").notNull().default(0),
    addresses: integer("addresses").notNull().default(0),
    technologies: integer("technologies").notNull().default(0),
    /** Pages that the last scan read. */
    pages: integer("pages").notNull().default(0),
    /** Those of `SignalFacts` that hold, by their names in snake case. */
    signals: text("signals")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Last change of the home page, as its server tells it. */
    siteChangedAt: timestamptz("site_changed_at"),
    /** Key of `ThinReasons`. */
    reason: text("reason"),
    /** Of what is still there. */
    technologyNames: textArray("technology_names"),
    technologyCategories: textArray("technology_categories"),
    networks: textArray("networks"),
    /** Whether the e-mails' domains take mail. */
    takesMail: textArray("takes_mail"),
    capped: text("capped")
      .array()
      .notNull()
      .default(sql`'{}'`),
    firstScan: timestamptz("first_scan").notNull(),
    lastScan: timestamptz("last_scan").notNull(),
    /** The last scan that ended well: when everything that is still there was last seen. */
    lastSuccess: timestamptz("last_success"),
    /** Why the last scan failed; null when it ended well. */
    failureCode: text("failure_code"),
    /** When a scan last found something else than the one before it. */
    changedAt: timestamptz("changed_at"),
    label: text("label"),
    note: text("note"),
    contactedAt: timestamptz("contacted_at"),
    doNotContact: boolean("do_not_contact").notNull().default(false),
    /** When staff last changed what they noted, or chose by hand. */
    editedAt: timestamptz("edited_at"),
    editedBy: uuid("edited_by"),
    /** Since when it can be seen; null in rows of earlier versions, where it is since the first scan. */
    cameAt: timestamptz("came_at").defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
    revision: revision(),
  },
  (table) => [
    foreignKey({
      name: "leads_domain_id_fkey",
      columns: [table.domainId],
      foreignColumns: [domains.id],
    }).onDelete("cascade"),
    check(
      "leads_business_name_from_check",
      sql`${table.businessNameFrom} in ('json_ld', 'og', 'imprint', 'title')`,
    ),
    check("leads_best_email_by_check", sql`${table.bestEmailBy} in ('rule', 'hand')`),
    check("leads_best_phone_by_check", sql`${table.bestPhoneBy} in ('rule', 'hand')`),
    check(
      "leads_country_confidence_check",
      sql`${table.countryConfidence} in ('sure', 'likely', 'weak')`,
    ),
    check(
      "leads_best_email_check",
      sql`(${table.bestEmail} is null) = (${table.bestEmailBy} is null)`,
    ),
    check(
      "leads_best_phone_check",
      sql`(${table.bestPhone} is null) = (${table.bestPhoneBy} is null)`,
    ),
    index("leads_facets_idx").using("gin", leadFacets(table)),
    index("leads_tenant_id_last_scan_idx").on(table.tenantId, table.lastScan, table.domainId),
    index("leads_tenant_id_first_scan_idx").on(table.tenantId, table.firstScan, table.domainId),
    index("leads_tenant_id_name_idx").on(table.tenantId, leadName(table), table.domainId),
    index("leads_tenant_id_domain_idx").on(table.tenantId, inAscii(table.domain), table.domainId),
    index("leads_tenant_id_town_idx").on(
      table.tenantId,
      sql`(${table.town} is null)`,
      leadTown(table),
      table.domainId,
    ),
    index("leads_tenant_id_emails_idx").on(table.tenantId, table.emails, table.domainId),
    index("leads_tenant_id_revision_idx").on(table.tenantId, table.revision, table.domainId),
    index("leads_tenant_id_updated_at_idx").on(table.tenantId, table.updatedAt, table.revision),
    // Where the database has pg_trgm.
    index("leads_names_idx").using("gin", sql`${leadNames(table)} gin_trgm_ops`),
    index("leads_tenant_id_business_key_idx")
      .on(table.tenantId, table.businessKey)
      .where(sql`${table.businessKey} is not null`),
  ],
);
