"use client";

import type { Permission } from "@scrapersky/api";
import type { BulkAction } from "@scrapersky/api/contract";
import type { BulkActionName } from "@scrapersky/api/lists";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMay } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button } from "#ui/button.tsx";
import { useNow } from "#ui/use-now.ts";
import { bulkQuery } from "./bulk-queries.ts";

/** Who may do it may end it and bring back what was. */
const RIGHTS: Record<BulkActionName, Permission> = {
  "jobs.retry": "jobs:retry",
  "jobs.cancel": "jobs:cancel",
  "batches.retryFailed": "jobs:retry",
  "batches.pause": "batches:cancel",
  "batches.resume": "batches:cancel",
  "batches.cancel": "batches:cancel",
  "batches.delete": "batches:delete",
  "leads.rescan": "batches:create",
  "leads.update": "leads:write",
  "leads.suppress": "suppressions:write",
};

/** Ends it while it runs, and brings back what was as long as that can be done. */
export function BulkActs({ bulk }: { bulk: BulkAction }) {
  const { id, status, undoUntil } = bulk;
  const api = useApi();
  const cache = useQueryClient();
  const may = useMay(RIGHTS[bulk.action]);
  const now = useNow();
  const act = useMutation({
    mutationFn: async (verb: "cancel" | "undo") => (await api()).bulk[verb].mutate({ id }),
    onSuccess: (changed) => {
      cache.setQueryData(bulkQuery(api, id).queryKey, changed);
      return cache.invalidateQueries();
    },
  });
  if (!may) return null;
  return (
    <>
      {act.isError ? (
        <span role="alert" className="self-center text-sm text-failed">
          {errorFacts(act.error).message}
        </span>
      ) : null}
      {undoUntil !== null && Date.parse(undoUntil) > now ? (
        <Button disabled={act.isPending} onClick={() => act.mutate("undo")}>
          Undo
        </Button>
      ) : null}
      {status === "pending" || status === "running" ? (
        <Button disabled={act.isPending} onClick={() => act.mutate("cancel")}>
          Cancel what is left
        </Button>
      ) : null}
    </>
  );
}
