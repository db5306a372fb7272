"use client";

import { useState } from "react";
import { useMade } from "#trpc/use-made.ts";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { MadeSecret } from "./made-secret.tsx";
import { isReady, WebhookFields, type WebhookForm } from "./webhook-fields.tsx";
import { WEBHOOKS_KEY } from "./webhook-queries.ts";

/** Makes a webhook, and shows its secret. */
export default function NewWebhookDialog({
  open,
  onClose,
}: {
  open: boolean;
  onClose: () => void;
}) {
  const [form, setForm] = useState<WebhookForm>({
    url: "",
    events: ["batch.finished", "batch.failed"],
  });
  // However often it is sent, one form makes one webhook.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const create = useMade(
    WEBHOOKS_KEY,
    ({ webhooks }) => webhooks.create.mutate({ ...form, idempotencyKey }),
    onClose,
  );
  if (create.data) {
    return (
      <FormDialog
        open={open}
        onClose={create.leave}
        title="The webhook was made"
        send="Done"
        ready
        onSend={create.leave}
      >
        <MadeSecret secret={create.data.secret} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="New webhook"
      send="Create webhook"
      ready={isReady(form) && !create.isPending}
      onSend={() => create.mutate()}
    >
      <WebhookFields form={form} change={(patch) => setForm({ ...form, ...patch })} />
      {create.isError ? <ErrorCard error={create.error} /> : null}
    </FormDialog>
  );
}
