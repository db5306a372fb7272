"use client";

import type { ScheduleDetail } from "@scrapersky/api/contract";
import { Suspense, useState } from "react";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { late } from "#ui/late.ts";

const loadDialog = async () => ({
  default: (await import("./schedule-dialog.tsx")).ScheduleDialog,
});
const ScheduleDialog = late(loadDialog);

/** The button that opens the form of a schedule: of a new one, unless one is given. */
export function EditSchedule({ schedule }: { schedule?: ScheduleDetail }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const mayWrite = useMay("schedules:write");
  const mayCreate = useMay("batches:create");
  const offered = mayWrite && mayCreate;
  // Not needed to draw the page, but on its way once somebody reaches for it.
  const prepare = (): void => void loadDialog().catch(() => undefined);
  if (!offered) return null;
  return (
    <>
      <Button
        variant={schedule ? undefined : "primary"}
        onPointerEnter={prepare}
        onFocus={prepare}
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
