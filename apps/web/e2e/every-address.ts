// An address of every page that there is, and what has to be there for it to show something.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FEATURES } from "@scrapersky/api/contract";
import type { BrowserContext } from "playwright-core";
import { ADMIN_PLACES } from "../src/admin/admin-places.ts";
import {
  ask,
  createSchedule,
  createWebhook,
  findJobs,
  path,
  product,
  startBulk,
  userWith,
} from "./product.ts";

type Addresses = Record<string, string>;

/** Pages of a tenant that an owner opens, over a batch that has ended and whose dentist is the domain. */
export const addressesOf = async (
  context: BrowserContext,
  batchId: string,
  dentist: string,
): Promise<Addresses> => {
  const jobs = await findJobs(context, batchId);
  const complete = jobs.find(({ domain }) => domain === dentist);
  const failed = jobs.find(({ status }) => status === "failed");
  const target = { list: "batches", ids: [batchId] };
  const bulkId = await startBulk(context, { action: "batches.pause", target });
  const webhookId = await createWebhook(context, product.sites.working[0]!);
  const [delivery] = await itemsOf<{ deliveryId: string }>(context, "deliveries", { webhookId });
  const people = await itemsOf<{ id: string; email: string }>(context, "profiles", {});
  const viewer = people.find(({ email }) => email === userWith("viewer").email);
  return {
    overview: path(),
    ...Object.fromEntries(FEATURES.map(({ name, urlPath }) => [name, path(urlPath)])),
    "batches, no match": path("/batches?status=cancelled,pending"),
    "new batch": path("/batches/new"),
    batch: path(`/batches/${batchId}`),
    "batch, visits": path(`/batches/${batchId}?tab=visits`),
    "batch, reasons": path(`/batches/${batchId}?tab=reasons`),
    schedule: path(`/schedules/${await createSchedule(context, batchId)}`),
    webhook: path(`/webhooks/${webhookId}`),
    delivery: path(`/webhooks/${webhookId}/deliveries/${delivery?.deliveryId}`),
    "bulk action": path(`/bulk/${bulkId}`),
    "jobs, no match": path("/jobs?q=zzzz"),
    "job, failed": path(`/jobs/${failed?.jobId}`),
    "job, complete": path(`/jobs/${complete?.jobId}`),
    lead: path(`/domains/${complete?.domainId}`),
    profile: path(`/profiles/${viewer?.id}`),
    account: path("/account"),
    reference: path("/reference"),
    "reference of a noun": path("/reference/rest/batches"),
    "not found": path("/nowhere"),
  };
};

const itemsOf = async <Item>(context: BrowserContext, noun: string, input: object) =>
  (await ask<{ items: Item[] }>(context, `${noun}.list`, input)).items;

/** Those of the platform. */
export const ADMIN_ADDRESSES: Addresses = {
  ...Object.fromEntries(ADMIN_PLACES.map(({ label, href }) => [label, href])),
  "a table": "/admin/db/public.jobs",
  query: "/admin/db/query",
  drift: "/admin/db/drift",
};

/** Those of whoever is signed out. */
export const DOOR_ADDRESSES: Addresses = {
  "sign-in": "/sign-in",
  forgotten: "/sign-in/forgotten",
  "a link that is none": "/sign-in/link#none",
};

/** The pages of the program at which none of the addresses is. */
export const pagesWithout = (addresses: Addresses): string[] => {
  const below = join(import.meta.dirname, "../src/app");
  const pages = readdirSync(below, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx"))
    .map((file) => `/${file.replace(/\/?page\.tsx$/, "")}`)
    // It only leads on.
    .filter((page) => page !== "/");
  const met = new Set(Object.values(addresses).map((address) => pageAt(pages, address)));
  return pages.filter((page) => !met.has(page));
};

/** The page at an address: of several that take it the one that names most of it. */
const pageAt = (pages: readonly string[], address: string): string | undefined => {
  const parts = address.replace(/[?#].*$/, "").split("/");
  const open = (page: string): number => page.split("[").length;
  return pages
    .filter((page) => {
      const places = page.split("/");
      return (
        places.length === parts.length &&
        places.every((place, at) => place.startsWith("[") || place === parts[at])
      );
    })
    .toSorted((one, other) => open(one) - open(other))[0];
};
