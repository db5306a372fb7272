"use client";

import type { ScheduleDetail } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { NumberField, readNumber } from "#batch/number-field.tsx";
import { formatCount } from "#format/number.ts";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field, Input, INPUT_CLASS } from "#ui/field.tsx";
import { ErrorCard } from "#ui/states.tsx";
import {
  AT_ONCE_MAX,
  changesOf,
  formOf,
  PAGES_MAX,
  type ScheduleForm,
  settingsOf,
} from "./form-of.ts";
import { SCHEDULES_KEY } from "./schedule-queries.ts";
import { SourceFields } from "./source-fields.tsx";
import { TimeFields } from "./time-fields.tsx";

interface DialogProps {
  /** The one that is changed; a new one when left out. */
  schedule?: ScheduleDetail | undefined;
  open: boolean;
  onClose: () => void;
}

/** The form of a schedule. */
export function ScheduleDialog({ schedule, open, onClose }: DialogProps) {
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      labelledBy={titleId}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(40rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-line p-5 shadow-float"
    >
      <h2 id={titleId} className="mb-4 text-lg font-medium">
        {schedule ? "Edit schedule" : "New schedule"}
      </h2>
      <ScheduleFields schedule={schedule} onClose={onClose} />
    </Dialog>
  );
}

function ScheduleFields({ schedule, onClose }: Omit<DialogProps, "open">) {
  const [form, setForm] = useState(() => formOf(schedule));
  const save = useSave(schedule, onClose);
  const settings = settingsOf(form);
  const change = (patch: Partial<ScheduleForm>): void => {
    if (save.isError) save.reset();
    setForm((before) => ({ ...before, ...patch }));
  };
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (settings && !save.isPending) save.mutate({ form, settings });
      }}
    >
      <Field label="Name" htmlFor="schedule-name" hint="Its batches are called so, too.">
        <Input
          id="schedule-name"
          dir="auto"
          autoFocus
          maxLength={200}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
          aria-describedby="schedule-name-hint"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <SourceFields form={form} change={change} />
      </div>
      <TimeFields form={form} change={change} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="A run that nobody was there for" htmlFor="schedule-missed">
          <select
            id="schedule-missed"
            value={form.missed}
            onChange={({ target }) => change({ missed: target.value as ScheduleForm["missed"] })}
            className={INPUT_CLASS}
          >
            <option value="skip">Leave it out</option>
            <option value="once">Make up for it once</option>
          </select>
        </Field>
        <Field label="While its last batch runs" htmlFor="schedule-overlap">
          <select
            id="schedule-overlap"
            value={form.overlap}
            onChange={({ target }) => change({ overlap: target.value as ScheduleForm["overlap"] })}
            className={INPUT_CLASS}
          >
            <option value="skip">Leave the run out</option>
            <option value="run">Run beside it</option>
          </select>
        </Field>
        <NumberField
          id="schedule-pages"
          label="Pages a domain"
          value={form.maxPages}
          read={readNumber(form.maxPages, PAGES_MAX)}
          hint={`At most; up to ${formatCount(PAGES_MAX)}`}
          onChange={(maxPages) => change({ maxPages })}
        />
        <NumberField
          id="schedule-at-once"
          label="Domains at once"
          value={form.maxConcurrent}
          read={readNumber(form.maxConcurrent, AT_ONCE_MAX)}
          hint={`At most; up to ${formatCount(AT_ONCE_MAX)}`}
          onChange={(maxConcurrent) => change({ maxConcurrent })}
        />
      </div>
      {save.isError ? <ErrorCard error={save.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!settings || save.isPending}>
          {schedule ? "Save schedule" : "Create schedule"}
        </Button>
      </div>
    </form>
  );
}

/** Saves what was changed, or makes the schedule and opens it; however often it is sent, one form makes one schedule. */
function useSave(schedule: ScheduleDetail | undefined, onClose: () => void) {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: async ({
      form,
      settings,
    }: {
      form: ScheduleForm;
      settings: NonNullable<ReturnType<typeof settingsOf>>;
    }) => {
      const { schedules } = await api();
      if (schedule === undefined) return schedules.create.mutate({ ...settings, idempotencyKey });
      const { scheduleId, updatedAt } = schedule;
      const patch = changesOf(form, schedule, settings);
      return schedules.update.mutate({ scheduleId, expectedUpdatedAt: updatedAt, patch });
    },
    onSuccess: async ({ scheduleId }) => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: SCHEDULES_KEY });
      if (schedule === undefined) router.push(path(`/schedules/${scheduleId}`));
    },
  });
}
