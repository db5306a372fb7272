"use client";

import type { LeadEmail } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { pathOf } from "#format/url.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Table, type Column } from "#ui/table.tsx";
import { mailLink } from "./domain-facts.ts";
import { TextLink } from "./text-link.tsx";

const KINDS: Record<LeadEmail["kind"], ReactNode> = {
  role: "Office",
  person: "Person",
  other: <Unseen />,
};

const COLUMNS: Column<LeadEmail>[] = [
  {
    key: "email",
    header: "E-mail",
    narrow: "title",
    width: "lg:w-72 xl:w-96",
    cell: ({ email }) => (
      <span className="flex items-center gap-1">
        <TextLink href={mailLink(email)} className="figures min-w-0 wrap-anywhere lg:truncate">
          <span title={email}>{email}</span>
        </TextLink>
        <CopyButton value={email} label={`Copy ${email}`} />
      </span>
    ),
  },
  {
    key: "type",
    header: "Kind",
    narrow: "aside",
    width: "w-28",
    cell: ({ kind, free }) => (free ? "Free mail" : KINDS[kind]),
  },
  {
    key: "context",
    header: "Where it stood",
    narrow: "line",
    away: "lg:max-[1100px]:hidden",
    cell: ({ context }) =>
      context === null ? null : (
        <span className="text-muted max-lg:line-clamp-2" title={context}>
          {context}
        </span>
      ),
  },
  {
    key: "source",
    header: "Page",
    narrow: "meta",
    width: "w-28 xl:w-44",
    cell: ({ pages: [page] }) =>
      page === undefined ? null : <ExternalLink href={page} text={pathOf(page)} />,
  },
];

/** E-mail addresses found on a site. */
export function ContactTable({ emails }: { emails: LeadEmail[] }) {
  return <Table label="Contacts" columns={COLUMNS} rows={emails} rowKey={({ id }) => id} />;
}
