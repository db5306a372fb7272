"use client";

import { WEBHOOK_OVERLAP_HOURS } from "@scrapersky/api/wire";
import { useAct } from "#trpc/use-act.ts";
import { RotateDialog } from "#ui/rotate-dialog.tsx";
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
  const rotation = useAct(WEBHOOKS_KEY, ({ webhooks }, overlapHours: number) =>
    webhooks.rotate.mutate({ webhookId, overlapHours }),
  );
  return (
    <RotateDialog
      open
      onClose={onClose}
      title="Rotate the secret"
      send="Make the new secret"
      label="The secret of today"
      hours={WEBHOOK_OVERLAP_HOURS.default}
      overlaps={OVERLAPS}
      rotation={rotation}
    >
      {({ secret }) => <MadeSecret secret={secret} />}
    </RotateDialog>
  );
}
