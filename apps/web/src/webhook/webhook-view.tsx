"use client";

import type { Webhook } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { ListSection } from "#list/list-section.tsx";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Facts } from "#ui/facts.tsx";
import { CallLater } from "#call/call-later.tsx";
import { late } from "#ui/late.ts";
import { Later } from "#ui/later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard, Skeleton } from "#ui/states.tsx";
import { Looking, ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { DELIVERIES } from "./delivery-list-view.tsx";
import { webhookQuery } from "./webhook-queries.ts";
import { REASON_WORDS, WEBHOOK_LOOKS } from "./webhook-words.ts";

const WebhookActs = late(async () => ({
  default: (await import("./webhook-acts.tsx")).WebhookActs,
}));

/** One webhook: what it is told of, and what was sent. */
export function WebhookView({ webhookId }: { webhookId: string }) {
  const query = useQuery(webhookQuery(useApi(), webhookId));
  const failure = query.isError ? (
    <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
  ) : null;
  if (query.data === undefined) {
    return (
      failure ?? (
        <div role="status" className="late">
          <span className="sr-only">Loading the webhook</span>
          <Skeleton className="mb-2 h-6 w-64" />
          <Skeleton className="w-80 max-w-full" />
        </div>
      )
    );
  }
  return <WebhookShown webhook={query.data} failure={failure} />;
}

function WebhookShown({ webhook, failure }: { webhook: Webhook; failure: React.ReactNode }) {
  const path = usePath();
  const { webhookId, url, state, reason } = webhook;
  return (
    <>
      <PageHeader
        back={{ href: path("/webhooks"), label: "Webhooks" }}
        title={<span className="wrap-anywhere">{url}</span>}
        state={<Looking look={WEBHOOK_LOOKS[state]} still />}
        action={
          <>
            <Later place={<span className="h-8 w-40 pointer-coarse:h-11" />}>
              <WebhookActs webhook={webhook} />
            </Later>
            <CallLater
              rest={`/webhooks/${webhookId}`}
              procedure="webhooks.byId"
              input={{ webhookId }}
            />
          </>
        }
      />
      {failure}
      {reason === null ? null : (
        <Panel className="mb-3 flex gap-2.5 p-4">
          <ToneIcon tone="failed" className="mt-1" />
          <p className="min-w-0 font-medium break-words">{REASON_WORDS[reason]}</p>
        </Panel>
      )}
      <Panel>
        <Facts facts={factsOf(webhook)} />
      </Panel>
      <SectionHeading title="Deliveries" note="Kept for thirty days" />
      <ListSection
        view={DELIVERIES}
        fixed={{ webhookId }}
        empty={
          <EmptyState title="Nothing was sent yet">
            Send a test to see how a message looks.
          </EmptyState>
        }
      />
    </>
  );
}

const factsOf = ({ events, formerUntil, createdBy, createdAt, failures }: Webhook) => [
  { label: "Told of", value: events.join(", ") },
  ...(formerUntil === null
    ? []
    : [
        {
          label: "Secret before",
          value: (
            <>
              Signs too; ends <Ago at={formerUntil} />
            </>
          ),
        },
      ]),
  ...(failures === 0 ? [] : [{ label: "Given up in a row", value: String(failures) }]),
  { label: "Created by", value: createdBy.name ?? undefined },
  { label: "Created", value: <Ago at={createdAt} /> },
];
