"use client";

import type { TenantShown } from "@scrapersky/api/contract";
import { Suspense, useState } from "react";
import { formatDay } from "#format/time.ts";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { late } from "#ui/late.ts";
import { ErrorCard } from "#ui/states.tsx";
import { TENANTS_KEY } from "./tenant-queries.ts";

const RenameDialog = late(() => import("./rename-tenant-dialog.tsx"));
const DeleteDialog = late(() => import("./delete-tenant-dialog.tsx"));

/** What staff of the platform do with one tenant. */
export function TenantActs({ tenant }: { tenant: TenantShown }) {
  const { tenantId, name, state, restorableUntil } = tenant;
  const [asked, setAsked] = useState<"rename" | "off" | "delete" | null>(null);
  const close = (): void => setAsked(null);
  const switchTo = useAct(
    TENANTS_KEY,
    ({ tenants }, active: boolean) => tenants.switch.mutate({ tenantId, active }),
    close,
  );
  const restore = useAct(TENANTS_KEY, ({ tenants }) => tenants.restore.mutate({ tenantId }));
  const failed = restore.error ?? (asked === "off" ? null : switchTo.error);
  return (
    // A dialog wraps its text, wherever it stands.
    <div className="flex flex-wrap justify-end gap-1 text-left whitespace-normal max-lg:-ml-3 max-lg:justify-start">
      {state === "deleted" ? (
        restorableUntil === null ? (
          <span className="text-muted">Being removed</span>
        ) : (
          <>
            <span className="self-center text-muted">Until {formatDay(restorableUntil)}</span>
            <Button
              variant="ghost"
              disabled={restore.isPending}
              onClick={() => restore.mutate(undefined)}
            >
              Take back
            </Button>
          </>
        )
      ) : (
        <>
          <Button variant="ghost" onClick={() => setAsked("rename")}>
            Rename…
          </Button>
          {state === "on" ? (
            <Button variant="ghost" onClick={() => setAsked("off")}>
              Switch off…
            </Button>
          ) : (
            <Button
              variant="ghost"
              disabled={switchTo.isPending}
              onClick={() => switchTo.mutate(true)}
            >
              Switch on
            </Button>
          )}
          <Button variant="ghost" onClick={() => setAsked("delete")}>
            Delete…
          </Button>
        </>
      )}
      {failed === null ? null : <ErrorCard error={failed} className="mt-2" />}
      <ConfirmDialog
        open={asked === "off"}
        onClose={close}
        title={`Switch “${name}” off?`}
        confirm="Switch off"
        keep="Leave it on"
        busy={switchTo.isPending}
        onConfirm={() => switchTo.mutate(false)}
      >
        <p>
          Its people, keys and open pages are refused within seconds, and its batches wait. It can
          be switched on again.
        </p>
        {switchTo.isError ? <ErrorCard error={switchTo.error} className="mt-3" /> : null}
      </ConfirmDialog>
      <Suspense>
        {asked === "rename" ? <RenameDialog tenant={tenant} onClose={close} /> : null}
        {asked === "delete" ? <DeleteDialog tenant={tenant} onClose={close} /> : null}
      </Suspense>
    </div>
  );
}
