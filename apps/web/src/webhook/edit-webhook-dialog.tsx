"use client";

import type { Webhook } from "@scrapersky/api/contract";
import { useState } from "react";
import { useAct } from "#trpc/use-act.ts";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { isReady, WebhookFields, type WebhookForm } from "./webhook-fields.tsx";
import { WEBHOOKS_KEY } from "./webhook-queries.ts";

/** Changes where a webhook is sent to, and what it is told of. */
export default function EditWebhookDialog({
  webhook,
  onClose,
}: {
  webhook: Webhook;
  onClose: () => void;
}) {
  const [form, setForm] = useState<WebhookForm>({ url: webhook.url, events: webhook.events });
  const save = useAct(
    WEBHOOKS_KEY,
    ({ webhooks }) => {
      const { webhookId, updatedAt: expectedUpdatedAt } = webhook;
      return webhooks.update.mutate({ webhookId, expectedUpdatedAt, patch: form });
    },
    onClose,
  );
  return (
    <FormDialog
      open
      onClose={onClose}
      title="Edit webhook"
      send="Save webhook"
      ready={isReady(form) && !save.isPending}
      onSend={() => save.mutate(undefined)}
    >
      <WebhookFields form={form} change={(patch) => setForm({ ...form, ...patch })} />
      {save.isError ? <ErrorCard error={save.error} /> : null}
    </FormDialog>
  );
}
