"use client";

import type { ScheduleDetail } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { BATCHES_KEY } from "#batch/batch-queries.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { EditSchedule } from "./edit-schedule.tsx";
import { SCHEDULES_KEY } from "./schedule-queries.ts";

type Act = "runNow" | "pause" | "resume" | "delete";

/** What staff do with a schedule, and what was said of the last try. */
export function useScheduleActs({ scheduleId }: Pick<ScheduleDetail, "scheduleId">) {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (act: Act) => {
      const { schedules } = await api();
      return { act, done: await schedules[act].mutate({ scheduleId }) };
    },
    onSuccess: async ({ act, done }) => {
      if (act === "delete") {
        router.push(path("/schedules"));
        queryClient.removeQueries({ queryKey: [...SCHEDULES_KEY, "byId", scheduleId] });
      }
      if ("batchId" in done) router.push(path(`/batches/${done.batchId}`));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: SCHEDULES_KEY }),
        queryClient.invalidateQueries({ queryKey: BATCHES_KEY }),
      ]);
    },
  });
}

/** The buttons of a schedule, each where the person may. */
export function ScheduleActs({
  schedule,
  acts,
}: {
  schedule: ScheduleDetail;
  acts: ReturnType<typeof useScheduleActs>;
}) {
  const [deleting, setDeleting] = useState(false);
  const mayWrite = useMay("schedules:write");
  const mayRun = useMay("batches:create") && mayWrite;
  const busy = acts.isPending;
  const isPaused = schedule.status === "paused";
  if (!mayWrite) return null;
  return (
    <>
      {mayRun ? (
        <Button variant="primary" disabled={busy} onClick={() => acts.mutate("runNow")}>
          Run now
        </Button>
      ) : null}
      {isPaused ? (
        mayRun && (
          <Button disabled={busy} onClick={() => acts.mutate("resume")}>
            Resume
          </Button>
        )
      ) : (
        <Button disabled={busy} onClick={() => acts.mutate("pause")}>
          Pause
        </Button>
      )}
      <EditSchedule schedule={schedule} />
      <Button onClick={() => setDeleting(true)}>Delete…</Button>
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title="Delete this schedule?"
        confirm="Delete schedule"
        keep="Keep it"
        busy={busy}
        onConfirm={() => acts.mutate("delete")}
      >
        <p>It runs no more. The batches that it made stay. This cannot be undone.</p>
        {acts.isError ? <ErrorCard error={acts.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </>
  );
}
