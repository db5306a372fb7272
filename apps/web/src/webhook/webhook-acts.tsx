"use client";

import type { Webhook } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import { useMay, usePath } from "#shell/me.tsx";
import { toast } from "#shell/toast.ts";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { late } from "#ui/late.ts";
import { DELIVERIES_KEY, WEBHOOKS_KEY } from "./webhook-queries.ts";

const EditDialog = late(() => import("./edit-webhook-dialog.tsx"));
const RotateDialog = late(() => import("./rotate-webhook-dialog.tsx"));

type Act = "test" | "enable" | "disable" | "delete" | "replayFailed";

/** What staff do with a webhook, and what was said of the last try. */
function useWebhookActs({ webhookId }: Pick<Webhook, "webhookId">) {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (act: Act) => {
      const { webhooks, deliveries } = await api();
      if (act !== "replayFailed") return webhooks[act].mutate({ webhookId });
      const { replayed } = await deliveries.replayFailed.mutate({ webhookId });
      toast({ text: replayed === 0 ? "Nothing has failed" : `${replayed} sent anew` });
      return undefined;
    },
    onSuccess: async (_done, act) => {
      if (act === "delete") {
        router.push(path("/webhooks"));
        queryClient.removeQueries({ queryKey: [...WEBHOOKS_KEY, "byId", webhookId] });
      }
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
        queryClient.invalidateQueries({ queryKey: DELIVERIES_KEY }),
      ]);
    },
  });
}

/** The buttons of a webhook, where the person may. */
export function WebhookActs({ webhook }: { webhook: Webhook }) {
  const acts = useWebhookActs(webhook);
  const [asked, setAsked] = useState<"edit" | "rotate" | "delete" | null>(null);
  const close = (): void => setAsked(null);
  const busy = acts.isPending;
  const isActive = webhook.state === "active";
  if (!useMay("webhooks:manage")) return null;
  return (
    <>
      {isActive ? (
        <>
          <Button variant="primary" disabled={busy} onClick={() => acts.mutate("test")}>
            Send a test
          </Button>
          <Button disabled={busy} onClick={() => acts.mutate("replayFailed")}>
            Send failed again
          </Button>
        </>
      ) : null}
      <Button disabled={busy} onClick={() => acts.mutate(isActive ? "disable" : "enable")}>
        {isActive ? "Disable" : "Enable"}
      </Button>
      <Button onClick={() => setAsked("edit")}>Edit…</Button>
      <Button onClick={() => setAsked("rotate")}>Rotate…</Button>
      <Button onClick={() => setAsked("delete")}>Delete…</Button>
      <Suspense>
        {asked === "edit" ? <EditDialog webhook={webhook} onClose={close} /> : null}
        {asked === "rotate" ? <RotateDialog webhookId={webhook.webhookId} onClose={close} /> : null}
      </Suspense>
      <ConfirmDialog
        open={asked === "delete"}
        onClose={close}
        title="Delete this webhook?"
        confirm="Delete webhook"
        keep="Keep it"
        busy={busy}
        onConfirm={() => acts.mutate("delete")}
      >
        <p>Its program is told nothing more, and the log goes. This cannot be undone.</p>
        {acts.isError ? <ErrorCard error={acts.error} className="mt-3" /> : null}
      </ConfirmDialog>
      {acts.isError ? <ErrorCard error={acts.error} className="basis-full" /> : null}
    </>
  );
}
