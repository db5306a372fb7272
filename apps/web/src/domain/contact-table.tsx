"use client";

import type { Contact } from "@scrapersky/api/contract";
import { pathOf } from "#format/url.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Table, type Column } from "#ui/table.tsx";
import { mailLink } from "./domain-facts.ts";
import { TextLink } from "./text-link.tsx";

const COLUMNS: Column<Contact>[] = [
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
    cell: ({ emailType }) =>
      emailType === null || emailType === "Unknown" ? <Unseen /> : emailType,
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
    cell: ({ sourceUrl }) =>
      sourceUrl === null ? null : <ExternalLink href={sourceUrl} text={pathOf(sourceUrl)} />,
  },
];

/** E-mail addresses found on a site. */
export function ContactTable({ contacts }: { contacts: Contact[] }) {
  return (
    <Table
      label="Contacts"
      columns={COLUMNS}
      rows={contacts}
      rowKey={({ contactId }) => contactId}
    />
  );
}
