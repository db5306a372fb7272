// What is known of our own tables when rows of them repeat: which one stands for the others, what it
// takes over from them, and how a person is told.

export interface MergeWords {
  title: string;
  says: (count: number) => string;
  otherwise: string;
  /** Which comes first; a term is left out where its column is absent. */
  rank: { column: string; by: string }[];
  /** Columns that the row takes from the others where it has nothing. */
  fill: string[];
}

const by = (column: string, order = "") => ({ column, by: `t.${column}${order}` });
const last = (column: string) => by(column, " desc nulls last");

const KNOWN: Record<string, MergeWords> = {
  "public.roles": {
    title: "Fold roles that repeat per tenant into one for all",
    says: (count) =>
      `${count} roles have the name of another one: whoever holds them holds that one, with the permissions of both`,
    otherwise: "rename a role that shall stay apart",
    rank: [by("id")],
    fill: ["description"],
  },
  "public.pages": {
    title: "Merge doubled pages",
    says: (count) =>
      `${count} pages have the address of another one of their domain: what refers to them refers to that one, which was curated, processed or scanned last`,
    otherwise: "change the address of a page that shall stay apart",
    rank: [
      { column: "page_curation_status", by: "(t.page_curation_status::text <> 'New') desc" },
      {
        column: "page_processing_status",
        by: "(t.page_processing_status::text = 'Complete') desc nulls last",
      },
      last("last_scan"),
      last("updated_at"),
      last("created_at"),
      by("id"),
    ],
    fill: "title description h1 canonical_url meta_robots schema_types word_count inbound_links outbound_links last_modified last_scan page_type lead_source sitemap_file_id".split(
      " ",
    ),
  },
  "public.domains": {
    title: "Merge doubled domains of a tenant",
    says: (count) =>
      `${count} domains are in their tenant twice: what refers to them refers to the one that was scanned last`,
    otherwise: "change the name of a domain that shall stay apart",
    rank: [last("is_active"), last("last_scan"), last("updated_at"), by("id")],
    fill: ["local_business_id", "batch_id", "created_by", "lead_source", "notes", "title"],
  },
  "public.contacts": {
    title: "Merge doubled contacts",
    says: (count) =>
      `${count} contacts are an address that their domain has already: the one updated last stands for them`,
    otherwise: "change the address of a contact that shall stay apart",
    rank: [last("updated_at"), by("id")],
    fill: ["email_type", "context", "source_url", "source_job_id"],
  },
  "public.user_roles": {
    title: "Fold assignments that become the same",
    says: (count) =>
      `${count} assignments give a person a role held already: one stays, and the person's membership in the other tenant carries it`,
    otherwise: "remove the assignment, or rename its role",
    rank: [by("tenant_id", " nulls first"), by("created_at"), by("id")],
    fill: [],
  },
  "public.role_permissions": {
    title: "Fold permissions that become the same",
    says: (count) => `${count} rows give a role a permission it has already: one of each stays`,
    otherwise: "rename the role",
    rank: [by("created_at"), by("id")],
    fill: [],
  },
};

/** Words for any table; those that are not ours are told by name. */
export function wordsFor(table: string, key: string[], columns: string[]): MergeWords {
  const short = table.replace(/^public\./, "");
  const known = KNOWN[table];
  const words: MergeWords = known ?? {
    title: `Merge rows of ${short} that become the same`,
    says: (count) =>
      `${count} rows of ${short} have the same ${columns.join(", ")} as another one, or get it by what is merged before: the first stands for them`,
    otherwise: "change or remove them",
    rank: key.map((column) => by(column)),
    fill: [],
  };
  return words;
}
