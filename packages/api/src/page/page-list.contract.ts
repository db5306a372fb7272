import type { AnyList, ListInput } from "../list/list.contract.ts";
import { DOMAIN_LENGTH_MAX } from "../wire.contract.ts";

/** The pages that scans read, of all domains of a tenant. */
export const PAGE_LIST = {
  name: "pages",
  permission: "pages:read",
  filters: {
    type: {
      kind: "choices",
      words: ["home", "contact", "about", "legal", "blog", "product", "other"],
    },
    domain: { kind: "text", max: DOMAIN_LENGTH_MAX },
    /** Any part of the title, which may name anybody. */
    title: { kind: "text", max: 200, personal: true },
    /** What the server answered with. */
    status: { kind: "count" },
    wordsMin: { kind: "count", address: "words" },
    language: { kind: "words", max: 40, codes: true },
    contactForm: { kind: "flag", address: "form" },
  },
  orders: { newest: [] },
  columns: {
    url: { header: "Address", kind: "text", written: true },
    domain: { header: "Domain", kind: "text" },
    type: { header: "Type", kind: "text", written: true },
    title: { header: "Title", kind: "text", written: true },
    status: { header: "Status", kind: "number" },
    words: { header: "Words", kind: "number" },
    language: { header: "Language", kind: "text", written: true },
    contactForm: { header: "Contact form", kind: "flag" },
    lastScan: { header: "Last scan (UTC)", kind: "time" },
    id: { header: "Id", kind: "text" },
  },
} as const satisfies AnyList;
export type PageListInput = ListInput<typeof PAGE_LIST>;

/** What a list tells of a page. */
export interface PageItem {
  id: string;
  url: string;
  domainId: string;
  domain: string;
  type: string | null;
  title: string | null;
  status: number | null;
  words: number | null;
  language: string | null;
  contactForm: boolean;
  /** Null in rows of other writers that do not say. */
  firstFound: string | null;
  lastScan: string | null;
}
