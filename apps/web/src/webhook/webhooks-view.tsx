"use client";

import { WEBHOOK_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { useMay } from "#shell/me.tsx";
import { dialogButton } from "#ui/lazy-button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { WEBHOOK_LOOKS } from "./webhook-words.ts";

const NewWebhookButton = dialogButton(() => import("./new-webhook-dialog.tsx"));

const WEBHOOKS: ListView<typeof WEBHOOK_LIST> = {
  list: WEBHOOK_LIST,
  labels: {
    one: "webhook",
    filters: {
      state: { by: "state", looks: WEBHOOK_LOOKS, inSight: true },
      q: { search: "Address contains" },
    },
  },
  title: "Webhooks",
  rowKey: ({ webhookId }) => webhookId,
  columns: [
    {
      key: "url",
      header: "Address",
      narrow: "title",
      cell: ({ webhookId, url }) => <RowTo to={`/webhooks/${webhookId}`}>{url}</RowTo>,
    },
    {
      key: "events",
      header: "Told of",
      narrow: "line",
      width: "w-80",
      cell: ({ events }) => <span className="text-muted">{events.join(", ")}</span>,
    },
    {
      key: "state",
      header: "State",
      narrow: "aside",
      width: "w-28",
      cell: ({ state }) => <Looking look={WEBHOOK_LOOKS[state]} still />,
    },
    {
      key: "created",
      header: "Created",
      narrow: "meta",
      width: "w-28",
      cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted" />,
    },
  ],
  moves: false,
};

/** Programs that are told of what happens. */
export function WebhooksView() {
  const create = useMay("webhooks:manage") ? (
    <NewWebhookButton variant="primary">New webhook</NewWebhookButton>
  ) : undefined;
  return (
    <ListPage
      view={WEBHOOKS}
      action={create}
      empty={
        <EmptyState title="No webhooks yet" action={create}>
          A webhook tells a program of yours that a batch has ended.
        </EmptyState>
      }
    />
  );
}
