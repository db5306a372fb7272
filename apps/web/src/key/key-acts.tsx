"use client";

import type { KeyRow } from "@scrapersky/api/contract";
import { Suspense, useState } from "react";
import { useMay, useMe } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { late } from "#ui/late.ts";

const RotateDialog = late(() => import("./rotate-key-dialog.tsx"));

/** Rotating and revoking one key, where it works. */
export function KeyActs({ row: { keyId, name, state, holder, rotated } }: { row: KeyRow }) {
  const me = useMe();
  const mayWrite = useMay("apikeys:write");
  const [asked, setAsked] = useState<"rotate" | "revoke" | null>(null);
  const close = (): void => setAsked(null);
  const revoke = useAct(["keys"], ({ keys }) => keys.revoke.mutate({ keyId }), close);
  if (!mayWrite || state !== "working") return null;
  const isOthers = holder.kind === "person" && holder.id !== me.id;
  return (
    // A dialog wraps its text, wherever it stands.
    <div className="flex justify-end gap-1 text-left whitespace-normal">
      {isOthers || rotated ? null : (
        <Button variant="ghost" onClick={() => setAsked("rotate")}>
          Rotate…
        </Button>
      )}
      <Button variant="ghost" onClick={() => setAsked("revoke")}>
        Revoke…
      </Button>
      {asked === "rotate" ? (
        <Suspense>
          <RotateDialog keyId={keyId} name={name} open onClose={close} />
        </Suspense>
      ) : null}
      {asked === "revoke" ? (
        <ConfirmDialog
          open
          onClose={close}
          title={`Revoke the key “${name}”?`}
          confirm="Revoke key"
          keep="Keep it"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(undefined)}
        >
          <p>Programs that use it are refused from now on. This cannot be undone.</p>
          {revoke.isError ? <ErrorCard error={revoke.error} className="mt-3" /> : null}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
