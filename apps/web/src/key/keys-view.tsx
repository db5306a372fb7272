"use client";

import { KEY_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { useMay } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { dialogButton } from "#ui/lazy-button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type Look, Looking } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { KeyActs } from "./key-acts.tsx";

const NewKeyButton = dialogButton(() => import("./new-key-dialog.tsx"));

const STATES = {
  working: { word: "Works", tone: "complete" },
  expired: { word: "Expired", tone: "cancelled" },
  revoked: { word: "Revoked", tone: "cancelled" },
} as const satisfies Record<string, Look>;

const KEYS: ListView<typeof KEY_LIST> = {
  list: KEY_LIST,
  labels: {
    one: "key",
    filters: {
      state: { by: "state", looks: STATES, inSight: true },
      holder: { by: "holder", looks: { person: "A person", service: "A service account" } },
      q: { search: "Name contains" },
    },
  },
  title: "Keys",
  told: [{ filters: { state: ["working"] }, words: "that work" }],
  rowKey: ({ keyId }) => keyId,
  columns: [
    {
      key: "name",
      header: "Name",
      narrow: "title",
      cell: ({ name }) => (
        <span className="font-medium" dir="auto">
          {name}
        </span>
      ),
    },
    {
      key: "holder",
      header: "Of",
      narrow: "meta",
      width: "w-36",
      cell: ({ holder: { kind, name } }) => (kind === "service" ? "Service account" : name),
    },
    {
      key: "hint",
      header: "Key",
      narrow: "line",
      width: "w-56",
      away: "lg:max-xl:hidden",
      cell: ({ hint }) => <span className="figures text-muted">{hint}</span>,
    },
    {
      key: "scopes",
      header: "May",
      narrow: "line",
      width: "w-36",
      cell: ({ scopes }) => (
        <span className="text-muted max-lg:line-clamp-2" data-hint={scopes.join(", ")}>
          {scopes.join(", ")}
        </span>
      ),
    },
    {
      key: "state",
      header: "State",
      narrow: "aside",
      width: "w-24",
      cell: ({ state }) => <Looking look={STATES[state]} still />,
    },
    {
      key: "used",
      header: "Last use",
      narrow: "meta",
      width: "w-26",
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          <Unseen what="never" />
        ) : (
          <Ago at={lastUsedAt} className="text-muted" />
        ),
    },
    {
      key: "expires",
      header: "Ends",
      narrow: "meta",
      width: "w-26",
      away: "lg:max-xl:hidden",
      cell: ({ expiresAt }) =>
        expiresAt === null ? (
          <Unseen what="when revoked" />
        ) : (
          <Ago at={expiresAt} className="text-muted" />
        ),
    },
    {
      key: "acts",
      header: "Acts",
      narrow: "line",
      align: "right",
      width: "w-44",
      cell: (key) => <KeyActs row={key} />,
    },
  ],
  moves: false,
};

/** Keys of programs: who holds them, what they may, and when they were used. */
export function KeysView() {
  const create = useMay("apikeys:write") ? (
    <NewKeyButton variant="primary">New key</NewKeyButton>
  ) : undefined;
  return (
    <ListPage
      view={KEYS}
      action={create}
      empty={
        <EmptyState title="No keys yet" action={create}>
          A key lets a program of yours call the API.
        </EmptyState>
      }
    />
  );
}
