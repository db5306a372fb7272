import type { AnyList, ListInput } from "../list/list.contract.ts";
import { BATCH_NAME_LENGTH_MAX } from "../wire.contract.ts";

const WORD_LENGTH_MAX = 100;
const SEARCH_LENGTH_MAX = 253;
const words = { kind: "words", max: WORD_LENGTH_MAX } as const;

/** The e-mail addresses that scans found, one row an address of a domain. */
export const CONTACT_LIST = {
  name: "contacts",
  permission: "contacts:read",
  filters: {
    /** Any part of the address; of one or two letters, or with its @, its beginning. */
    q: { kind: "text", max: SEARCH_LENGTH_MAX },
    /** Of an office, of somebody, or neither can be told. */
    kind: { kind: "choices", words: ["role", "person", "other"] },
    /** At a provider where anybody gets a mailbox. */
    free: { kind: "flag" },
    /** At the site's own domain. */
    ownDomain: { kind: "flag", address: "own" },
    deliverable: { kind: "choices", words: ["yes", "no", "unknown"] },
    /** Whether the site says whose it is. */
    personKnown: { kind: "flag", address: "person" },
    /** Whether the last scan did not find it any more. */
    gone: { kind: "flag" },
    firstSeenSince: { kind: "time", address: "since" },
    /** Of the lead. */
    technology: words,
    country: { ...words, codes: true },
    town: words,
    label: { kind: "words", max: 200 },
    contacted: { kind: "flag" },
    doNotContact: { kind: "flag", address: "blocked" },
    batchId: { kind: "text", max: BATCH_NAME_LENGTH_MAX, address: "batch" },
  },
  orders: { newest: [], email: [] },
  facets: ["kind", "technology", "country", "town", "label"],
  columns: {
    email: { header: "E-mail", kind: "text", personal: true },
    kind: { header: "Kind", kind: "text" },
    person: { header: "Person", kind: "text", personal: true },
    title: { header: "Title", kind: "text", personal: true },
    domain: { header: "Domain", kind: "text" },
    business: { header: "Business", kind: "text" },
    town: { header: "Town", kind: "text" },
    country: { header: "Country", kind: "text" },
    free: { header: "Free mail", kind: "flag" },
    ownDomain: { header: "Own domain", kind: "flag" },
    takesMail: { header: "Takes mail", kind: "text" },
    pages: { header: "Pages", kind: "texts" },
    firstSeen: { header: "First seen (UTC)", kind: "time" },
    goneAt: { header: "Gone (UTC)", kind: "time" },
    doNotContact: { header: "Do not contact", kind: "flag" },
    id: { header: "Id", kind: "text" },
  },
} as const satisfies AnyList;
export type ContactListInput = ListInput<typeof CONTACT_LIST>;

/** What a list tells of an address. */
export interface ContactItem {
  id: string;
  email: string;
  kind: "role" | "person" | "other";
  free: boolean;
  ownDomain: boolean;
  person: { name: string; title: string | null } | null;
  takesMail: "yes" | "no" | "unknown" | null;
  firstSeen: string;
  /** When a scan did not find it any more. */
  goneAt: string | null;
  domainId: string;
  domain: string;
  displayDomain: string;
  business: string | null;
  town: string | null;
  country: string | null;
  doNotContact: boolean;
}
