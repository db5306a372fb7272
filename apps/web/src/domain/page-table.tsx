"use client";

import type { ScannedPage } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { pathOf } from "#format/url.ts";
import { ExternalLink } from "#ui/external-link.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Table, type Column } from "#ui/table.tsx";

const COLUMNS: Column<ScannedPage>[] = [
  {
    key: "path",
    header: "Path",
    narrow: "title",
    width: "lg:w-56 xl:w-72",
    cell: ({ url }) => <ExternalLink href={url} text={pathOf(url)} className="figures" />,
  },
  {
    key: "type",
    header: "Type",
    narrow: "aside",
    width: "w-24",
    cell: ({ pageType }) =>
      pageType === null ? (
        <Unseen what="not told" />
      ) : (
        <span className="inline-block text-muted first-letter:uppercase">{pageType}</span>
      ),
  },
  {
    key: "title",
    header: "Title",
    narrow: "meta",
    cell: ({ title, h1 }) => <span data-hint={title ?? h1 ?? undefined}>{title ?? h1}</span>,
  },
  {
    key: "form",
    header: "Form",
    narrow: "hidden",
    away: "lg:max-[1100px]:hidden",
    width: "w-24",
    cell: ({ hasContactForm }) => (hasContactForm ? "Contact" : null),
  },
  {
    key: "outbound",
    header: "Links out",
    narrow: "hidden",
    away: "lg:max-[1100px]:hidden",
    align: "right",
    width: "w-24",
    cell: ({ outboundLinks }) => <span className="figures">{formatCount(outboundLinks)}</span>,
  },
  {
    key: "words",
    header: "Words",
    narrow: "hidden",
    align: "right",
    width: "w-20",
    cell: ({ wordCount }) =>
      wordCount === null ? null : <span className="figures">{formatCount(wordCount)}</span>,
  },
];

/** Pages stored of a site. */
export function PageTable({ pages }: { pages: ScannedPage[] }) {
  return <Table label="Pages" columns={COLUMNS} rows={pages} rowKey={({ pageId }) => pageId} />;
}
