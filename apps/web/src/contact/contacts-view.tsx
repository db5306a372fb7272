"use client";

import { CONTACT_LIST } from "@scrapersky/api/lists";
import { countryName } from "#format/name.ts";
import { formatDay } from "#format/time.ts";
import { shortId } from "#ui/copy-button.tsx";
import { LeadPeekLater } from "#lead/lead-peek-later.ts";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Ago } from "#ui/time.tsx";

const TAKES_MAIL = { yes: "Yes", no: "No", unknown: "Not known" };

const CONTACTS: ListView<typeof CONTACT_LIST> = {
  list: CONTACT_LIST,
  labels: {
    one: "contact",
    filters: {
      q: { search: "Any part of an address" },
      kind: {
        by: "kind",
        looks: { role: "Of an office", person: "Of a person", other: "Other" },
        inSight: true,
      },
      free: { by: "free mail", looks: { yes: "At a free provider", no: "At an own domain" } },
      ownDomain: { by: "site's domain", looks: { yes: "At the site's domain", no: "Elsewhere" } },
      deliverable: { by: "takes mail", looks: TAKES_MAIL },
      personKnown: { by: "person known", looks: { yes: "Person known", no: "Nobody named" } },
      gone: { by: "still there", looks: { yes: "Gone", no: "Still there" } },
      firstSeenSince: { by: "first seen since", show: formatDay },
      technology: { by: "technology" },
      country: { by: "country", show: countryName },
      town: { by: "town" },
      label: { by: "label" },
      batchId: { by: "batch", show: shortId, fromElsewhere: true },
      contacted: { by: "contacted", looks: { yes: "Contacted", no: "Not contacted" } },
      doNotContact: {
        by: "do not contact",
        looks: { yes: "Do not contact", no: "May be contacted" },
      },
    },
  },
  title: "Contacts",
  rowKey: ({ id }) => id,
  peek: { of: ({ domainId }) => domainId, View: LeadPeekLater },
  acts: {
    may: ["batches:create", "leads:write", "suppressions:write"],
    load: async () => (await import("./contact-list-acts.ts")).CONTACT_ACTS,
  },
  presets: [
    { slug: "offices", name: "Of offices", filters: () => ({ kind: ["role"], gone: ["no"] }) },
    { slug: "people", name: "Of people", filters: () => ({ kind: ["person"], gone: ["no"] }) },
  ],
  columns: [
    {
      key: "email",
      header: "E-mail",
      order: "email",
      narrow: "title",
      cell: ({ email, domainId }) => (
        <span className="flex min-w-0 items-center gap-0.5">
          <RowTo to={`/domains/${domainId}`}>{email}</RowTo>
          <span className="relative z-1 -my-1 shrink-0">
            <CopyButton value={email} label="Copy the e-mail address" />
          </span>
        </span>
      ),
    },
    {
      key: "business",
      header: "Business",
      narrow: "meta",
      width: "w-60",
      cell: ({ business, displayDomain }) => business ?? displayDomain,
    },
    {
      key: "person",
      exports: ["person", "title"],
      header: "Person",
      narrow: "meta",
      width: "w-48",
      away: "lg:max-xl:hidden",
      cell: ({ person }) =>
        person === null ? null : [person.name, person.title].filter(Boolean).join(", "),
    },
    {
      key: "town",
      header: "Town",
      narrow: "hidden",
      width: "w-36",
      away: "lg:max-[1000px]:hidden",
      cell: ({ town }) => town ?? <Unseen />,
    },
    {
      key: "takesMail",
      header: "Takes mail",
      narrow: "hidden",
      width: "w-24",
      away: "lg:max-[1100px]:hidden",
      cell: ({ takesMail }) =>
        takesMail === null ? <Unseen what="not asked" /> : TAKES_MAIL[takesMail],
    },
    {
      key: "seen",
      exports: ["firstSeen", "goneAt"],
      header: "First seen",
      order: "newest",
      narrow: "meta",
      align: "right",
      width: "w-28",
      cell: ({ firstSeen, goneAt }) =>
        goneAt === null ? (
          <Ago at={firstSeen} className="text-muted tabular-nums" />
        ) : (
          <span className="text-muted">Gone</span>
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
      key: "domain",
      header: "Domain",
      chosen: true,
      narrow: "hidden",
      width: "w-48",
      cell: ({ displayDomain }) => <span className="figures text-muted">{displayDomain}</span>,
    },
  ],
};

/** The e-mail addresses that scans found. */
export function ContactsView() {
  return (
    <ListPage
      view={CONTACTS}
      empty={
        <EmptyState title="No contacts yet">
          Addresses that sites name stand here as soon as a batch has read them.
        </EmptyState>
      }
    />
  );
}
