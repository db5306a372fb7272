import type {
  ContactListInput,
  JobListInput,
  LeadListInput,
  PageListInput,
} from "@scrapersky/api/contract";

type Asked<Input> = Omit<Input, "limit" | "cursor">;

/** One question to a list, by the name that the report knows it by. */
export type Question = { name: string; deep?: number } & (
  | { list: "jobs"; input: Asked<JobListInput> }
  | { list: "leads"; input: Asked<LeadListInput> }
  | { list: "contacts"; input: Asked<ContactListInput> }
  | { list: "pages"; input: Asked<PageListInput> }
  | { list: "batches"; input: object }
);

interface Batches {
  /** Of the largest batches: one without failures, one with some. */
  clean: string;
  partial: string;
  usual: string;
}

/** Each filter, the pairs that are hardest, each order, and pages far down. */
export function questionsAbout({ clean, partial, usual }: Batches): Question[] {
  const jobs = (name: string, input: Asked<JobListInput>, deep?: number): Question => ({
    name: `jobs: ${name}`,
    list: "jobs",
    input,
    ...(deep === undefined ? {} : { deep }),
  });
  const leads = (name: string, input: Asked<LeadListInput>, deep?: number): Question => ({
    name: `leads: ${name}`,
    list: "leads",
    input,
    ...(deep === undefined ? {} : { deep }),
  });
  const contacts = (name: string, input: Asked<ContactListInput>): Question => ({
    name: `contacts: ${name}`,
    list: "contacts",
    input,
  });
  const pages = (name: string, input: Asked<PageListInput>): Question => ({
    name: `pages: ${name}`,
    list: "pages",
    input,
  });
  return [
    { name: "batches: newest", list: "batches", input: {} },
    { name: "batches: failed", list: "batches", input: { status: ["failed"] } },
    jobs("newest", {}),
    jobs("40 pages down", {}, 40),
    jobs("failed", { status: ["failed"] }),
    jobs("running, none", { status: ["running"] }),
    jobs("two states", { status: ["failed", "cancelled"] }),
    jobs("an error code", { errorCode: ["tls_failed"] }),
    jobs("an unknown code", { errorCode: ["nobody"] }),
    jobs("batch, newest", { batchId: clean }),
    jobs("batch, its order", { batchId: clean, order: "batch" }),
    jobs("batch, its order, 40 pages down", { batchId: clean, order: "batch" }, 40),
    jobs("batch without failures, failed", { batchId: clean, status: ["failed"] }),
    jobs("batch without failures, failed, its order", {
      batchId: clean,
      status: ["failed"],
      order: "batch",
    }),
    jobs("batch with failures, failed, its order", {
      batchId: partial,
      status: ["failed"],
      order: "batch",
    }),
    jobs("batch, an error code, its order", {
      batchId: partial,
      errorCode: ["tls_failed"],
      order: "batch",
    }),
    jobs("batch, a search", { batchId: clean, q: "rose", order: "batch" }),
    ...["m", "x", "1", "be", "zi", "qu", "bel", "hot", "becker-hotel", "ecker-ho", "nobody"].map(
      (q) => jobs(`search ${q}`, { q }),
    ),
    jobs("search be, failed", { q: "be", status: ["failed"] }),
    leads("newest", {}),
    leads("newest, 40 pages down", {}, 40),
    leads("by name", { order: "name" }),
    leads("by name, 40 pages down", { order: "name" }, 40),
    leads("by domain", { order: "domain" }),
    leads("by town", { order: "town" }),
    leads("by town, 40 pages down", { order: "town" }, 40),
    leads("most e-mails", { order: "emails" }),
    leads("has an e-mail", { has: ["email"] }),
    leads("has a phone and a form", { has: ["phone", "contact_form"] }),
    leads("has a shop and takes bookings", { has: ["shop", "booking"] }),
    leads("has no e-mail", { lacks: ["email"] }),
    leads("a person", { has: ["person"], order: "name" }),
    leads("Shopify", { technology: ["Shopify"] }),
    leads("a rare product", { technology: ["LiveChat"] }),
    leads("one of three products", { technology: ["Wix", "Jimdo", "Squarespace"] }),
    leads("not WordPress", { noTechnology: ["WordPress"] }),
    leads("a category", { category: ["Booking"] }),
    leads("a country", { country: ["AT"] }),
    leads("a small country", { country: ["NO"] }),
    leads("a region", { region: ["Region 7"] }),
    leads("a large town", { town: ["Berlin"] }),
    leads("a small town", { town: ["Dresstadt 2999"] }),
    leads("a language", { language: ["it"] }),
    leads("a network", { network: ["xing"] }),
    leads("mail that is not taken", { deliverable: ["no"] }),
    leads("a reason", { reason: ["parked"] }),
    leads("a label", { label: ["To call"] }),
    leads("contacted", { contacted: true }),
    leads("do not contact", { doNotContact: true }),
    leads("of a large batch", { batchId: clean }),
    leads("of a usual batch", { batchId: usual }),
    leads("scanned since", { scannedSince: "2026-11-15" }),
    leads("scanned until", { scannedUntil: "2026-06-05" }),
    leads("changed since", { changedSince: "2026-11-20" }),
    leads("new since, by name", { newSince: "2026-11-20", order: "name" }),
    leads("search be", { q: "be" }),
    leads("search hot", { q: "hot" }),
    leads("search becker-hotel", { q: "becker-hotel" }),
    leads("search nobody", { q: "nobody" }),
    leads("an address", { contact: "info@becker-hotel" }),
    leads("part of an address", { contact: "maier" }),
    leads("a number", { contact: "0 3000 012 345" }),
    leads("Shopify, phone, a town", { technology: ["Shopify"], has: ["phone"], town: ["Berlin"] }),
    leads("Shopify, phone, a town, by name", {
      technology: ["Shopify"],
      has: ["phone"],
      town: ["Berlin"],
      order: "name",
    }),
    leads("a form and contacted", { has: ["contact_form"], contacted: true }),
    leads("an e-mail and no way to reach", { has: ["email"], reason: ["no_contact"] }),
    leads("booking and a small country", { has: ["booking"], country: ["NO"] }),
    leads("two large countries of a product", { country: ["DE", "AT"], technology: ["Calendly"] }),
    leads("a shop without Shopify in a town", {
      has: ["shop"],
      noTechnology: ["Shopify"],
      town: ["Hamburg"],
    }),
    leads("one in 75", { technology: ["Mixpanel"], has: ["email"] }),
    contacts("newest", {}),
    contacts("by address", { order: "email" }),
    contacts("of persons", { kind: ["person"] }),
    contacts("free", { free: true }),
    contacts("own domain, mail is taken", { ownDomain: true, deliverable: ["yes"] }),
    contacts("mail is not taken", { deliverable: ["no"] }),
    contacts("person known", { personKnown: true }),
    contacts("first seen since", { firstSeenSince: "2026-11-15" }),
    contacts("a product", { technology: ["Shopify"] }),
    contacts("a country and a town", { country: ["NO"], town: ["Berlin"] }),
    contacts("of a large batch", { batchId: clean }),
    contacts("of a usual batch", { batchId: usual }),
    contacts("search an", { q: "an" }),
    contacts("search maier", { q: "maier" }),
    contacts("search info@becker", { q: "info@becker" }),
    pages("newest", {}),
    pages("contact pages", { type: ["contact"] }),
    pages("of a domain", { domain: "nobody.example" }),
    pages("many words", { wordsMin: 1500 }),
    pages("with a form", { contactForm: true }),
    pages("letters of the title", { title: "Imprint" }),
  ];
}
