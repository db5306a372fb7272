import { LEAD_LIST } from "@scrapersky/api/lists";
import { countryName, readableWord } from "#format/name.ts";
import { formatCount } from "#format/number.ts";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { Copyable } from "#ui/copy-button.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Ago } from "#ui/time.tsx";
import { LEAD_LABELS } from "./lead-list-labels.ts";
import { LeadPeekLater } from "./lead-peek-later.ts";

/** Businesses, each with what it is reached by. */
export const LEADS: ListView<typeof LEAD_LIST> = {
  list: LEAD_LIST,
  labels: LEAD_LABELS,
  title: "Leads",
  rowKey: ({ domainId }) => domainId,
  peek: { of: ({ domainId }) => domainId, View: LeadPeekLater },
  acts: {
    may: ["batches:create", "leads:write", "suppressions:write"],
    load: async () => (await import("./lead-list-acts.ts")).LEAD_ACTS,
  },
  presets: [
    {
      slug: "reachable",
      name: "With e-mail and phone",
      filters: () => ({ has: ["email", "phone"] }),
    },
    {
      slug: "to-contact",
      name: "Not contacted yet",
      filters: () => ({ has: ["email"], contacted: ["no"], doNotContact: ["no"] }),
    },
    { slug: "do-not-contact", name: "Do not contact", filters: () => ({ doNotContact: ["yes"] }) },
  ],
  columns: [
    {
      key: "name",
      header: "Business",
      order: "name",
      narrow: "title",
      cell: ({ domainId, name, displayDomain }) => (
        <RowTo to={`/domains/${domainId}`}>{name ?? displayDomain}</RowTo>
      ),
    },
    {
      key: "domain",
      header: "Domain",
      order: "domain",
      narrow: "hidden",
      width: "w-48",
      away: "lg:max-[1600px]:hidden",
      cell: ({ displayDomain }) => <span className="figures text-muted">{displayDomain}</span>,
    },
    {
      key: "email",
      header: "Best e-mail",
      narrow: "line",
      width: "w-66",
      cell: ({ bestEmail, counts }) =>
        bestEmail === null ? (
          <HiddenOrNone count={counts.emails} />
        ) : (
          <Copyable text={bestEmail} label="Copy the e-mail address" />
        ),
    },
    {
      key: "phone",
      header: "Phone",
      narrow: "meta",
      width: "w-44",
      away: "lg:max-[1000px]:hidden",
      cell: ({ bestPhone, bestPhoneText, counts }) =>
        bestPhone === null ? (
          <HiddenOrNone count={counts.phones} />
        ) : (
          <Copyable text={bestPhoneText ?? bestPhone} value={bestPhone} label="Copy the number" />
        ),
    },
    {
      key: "town",
      exports: ["town", "region"],
      header: "Town",
      order: "town",
      narrow: "hidden",
      width: "w-36",
      away: "lg:max-[1100px]:hidden",
      cell: ({ town, region }) =>
        town === null && region === null ? null : [town, region].filter(Boolean).join(", "),
    },
    {
      key: "technology",
      exports: ["technologies"],
      header: "Technology",
      narrow: "hidden",
      width: "w-40",
      away: "lg:max-[1300px]:hidden",
      cell: ({ technologies, counts }) =>
        technologies.length === 0 ? (
          <Unseen />
        ) : (
          <span className="text-muted">
            {technologies.slice(0, 2).join(", ")}
            {counts.technologies > 2 ? ` +${counts.technologies - 2}` : ""}
          </span>
        ),
    },
    {
      key: "scanned",
      exports: ["lastScan"],
      header: "Scanned",
      order: "newest",
      narrow: "aside",
      align: "right",
      width: "w-26",
      cell: ({ lastScan }) => (
        <Ago at={lastScan} className="text-xs text-muted tabular-nums lg:text-sm" />
      ),
    },
    {
      key: "country",
      header: "Country",
      chosen: true,
      narrow: "hidden",
      width: "w-32",
      cell: ({ country }) => (country === null ? <Unseen /> : countryName(country)),
    },
    {
      key: "networks",
      header: "Networks",
      chosen: true,
      narrow: "hidden",
      width: "w-40",
      cell: ({ networks }) =>
        networks.length === 0 ? <Unseen /> : networks.map(readableWord).join(", "),
    },
    {
      key: "emails",
      header: "E-mails",
      order: "emails",
      chosen: true,
      narrow: "hidden",
      align: "right",
      width: "w-24",
      cell: ({ counts }) => <span className="figures">{formatCount(counts.emails)}</span>,
    },
    {
      key: "label",
      header: "Label",
      chosen: true,
      narrow: "hidden",
      width: "w-32",
      cell: ({ label }) => label,
    },
  ],
};

/** What is there and not for this reader is counted; what is not there is a dash. */
function HiddenOrNone({ count }: { count: number }) {
  return count === 0 ? (
    <span data-wide className="max-lg:hidden">
      <Unseen what="none found" />
    </span>
  ) : (
    <span className="text-muted">{formatCount(count)} hidden</span>
  );
}
