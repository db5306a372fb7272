"use client";

import type { ScheduleDetail } from "@scrapersky/api/contract";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMay } from "#shell/me.tsx";
import { afterLoad } from "#ui/after-load.ts";
import { Button } from "#ui/button.tsx";

const loadDialog = async () => ({
  default: (await import("./schedule-dialog.tsx")).ScheduleDialog,
});
const ScheduleDialog = lazy(loadDialog);

/** The button that opens the form of a schedule: of a new one, unless one is given. */
export function EditSchedule({ schedule }: { schedule?: ScheduleDetail }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const mayWrite = useMay("schedules:write");
  const mayCreate = useMay("batches:create");
  const offered = mayWrite && mayCreate;
  useEffect(
    () => (offered ? afterLoad(() => void loadDialog().catch(() => undefined)) : undefined),
    [offered],
  );
  if (!offered) return null;
  return (
    <>
      <Button
        variant={schedule ? undefined : "primary"}
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
      >
        {schedule ? "Edit…" : "New schedule"}
      </Button>
      {asked ? (
        <Suspense>
          <ScheduleDialog schedule={schedule} open={open} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
