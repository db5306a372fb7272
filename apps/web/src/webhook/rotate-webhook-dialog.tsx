"use client";

import { WEBHOOK_OVERLAP_HOURS } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { useAct } from "#trpc/use-act.ts";
import { Field, INPUT_CLASS } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { MadeSecret } from "./made-secret.tsx";
import { WEBHOOKS_KEY } from "./webhook-queries.ts";

const OVERLAPS = [
  { hours: 0, words: "Signs no more" },
  { hours: 1, words: "Signs beside it for another hour" },
  { hours: 24, words: "Signs beside it for another day" },
  { hours: 168, words: "Signs beside it for another week" },
];

/** Gives a webhook another secret; the old one goes on signing for a while. */
export default function RotateWebhookDialog({
  webhookId,
  onClose,
}: {
  webhookId: string;
  onClose: () => void;
}) {
  const id = useId();
  const [overlapHours, setOverlap] = useState<number>(WEBHOOK_OVERLAP_HOURS.default);
  const rotate = useAct(WEBHOOKS_KEY, ({ webhooks }) =>
    webhooks.rotate.mutate({ webhookId, overlapHours }),
  );
  const made = rotate.data;
  return (
    <FormDialog
      open
      onClose={onClose}
      title="Rotate the secret"
      send={made ? "Done" : "Make the new secret"}
      ready={!rotate.isPending}
      onSend={() => (made ? onClose() : rotate.mutate(undefined))}
    >
      {made ? (
        <MadeSecret secret={made.secret} />
      ) : (
        <Field
          label="The secret of today"
          htmlFor={id}
          hint="So long the program has time to change."
        >
          <select
            id={id}
            value={overlapHours}
            onChange={({ target }) => setOverlap(Number(target.value))}
            aria-describedby={`${id}-hint`}
            className={INPUT_CLASS}
          >
            {OVERLAPS.map(({ hours, words }) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      )}
      {rotate.isError ? <ErrorCard error={rotate.error} /> : null}
    </FormDialog>
  );
}
