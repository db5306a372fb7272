"use client";

import { INVALID_DOMAIN } from "@scrapersky/api/wire";
import type { JobDetail } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BATCHES_KEY } from "#batch/batch-queries.ts";
import { isOver } from "#batch/is-over.ts";
import { useHotkey } from "#shell/hotkey.ts";
import { shortcutOf } from "#shell/keys.ts";
import { useMay } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button } from "#ui/button.tsx";
import { JOBS_KEY, jobQuery } from "./job-queries.ts";

/** What can be done with one job: run it again once it failed or was cancelled, or stop it. */
export function JobActs({ job }: { job: JobDetail }) {
  const { jobId, status, errorCode } = job;
  const api = useApi();
  const queryClient = useQueryClient();
  const mayRetry = useMay("jobs:retry");
  const mayCancel = useMay("jobs:cancel");
  const act = useMutation({
    mutationFn: async (verb: "retry" | "cancel") => (await api()).jobs[verb].mutate({ jobId }),
    onSuccess: (changed) => {
      queryClient.setQueryData(jobQuery(api, jobId).queryKey, changed);
      return Promise.all(
        [JOBS_KEY, BATCHES_KEY].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
    },
  });
  const canRetry = (status === "failed" || status === "cancelled") && errorCode !== INVALID_DOMAIN;
  const retry = mayRetry && canRetry ? () => act.mutate("retry") : undefined;
  useHotkey("again", retry && !act.isPending ? retry : undefined);
  return (
    <>
      {act.isError ? (
        <span role="alert" className="self-center text-sm text-failed">
          {errorFacts(act.error).message}
        </span>
      ) : null}
      {retry && (
        <Button
          disabled={act.isPending}
          aria-keyshortcuts={shortcutOf("again")}
          onClick={() => retry()}
        >
          Run it again
        </Button>
      )}
      {mayCancel && !isOver(status) ? (
        <Button disabled={act.isPending} onClick={() => act.mutate("cancel")}>
          Cancel the job
        </Button>
      ) : null}
    </>
  );
}
