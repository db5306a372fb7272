"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId } from "react";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import type { ScheduleForm } from "./form-of.ts";
import { NextRuns } from "./next-runs.tsx";
import { SCHEDULES_KEY } from "./schedule-queries.ts";

const OFTEN_MEANT = [
  { words: "Every day", cron: "0 6 * * *" },
  { words: "Weekdays", cron: "0 6 * * 1-5" },
  { words: "Mondays", cron: "0 6 * * 1" },
  { words: "First of the month", cron: "0 6 1 * *" },
];

/** When it runs, and what that means before anything is saved. */
export function TimeFields({
  form: { cron, timeZone },
  change,
}: {
  form: ScheduleForm;
  change: (patch: Partial<ScheduleForm>) => void;
}) {
  const zones = useId();
  const { preview, fault } = usePreview(cron, timeZone);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="When" htmlFor="schedule-cron" hint="Minute, hour, day, month, weekday.">
          <Input
            id="schedule-cron"
            value={cron}
            spellCheck={false}
            onChange={({ target }) => change({ cron: target.value })}
            aria-describedby="schedule-cron-hint"
            className="figures"
          />
        </Field>
        <Field label="Time zone" htmlFor="schedule-zone" hint="Such as Europe/Berlin or UTC.">
          <Input
            id="schedule-zone"
            value={timeZone}
            list={zones}
            onChange={({ target }) => change({ timeZone: target.value })}
            aria-describedby="schedule-zone-hint"
          />
          <datalist id={zones}>
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        {OFTEN_MEANT.map(({ words, cron: meant }) => (
          <Button key={meant} aria-pressed={cron === meant} onClick={() => change({ cron: meant })}>
            {words}
          </Button>
        ))}
      </div>
      <div role="status" className="min-h-36 rounded-md border border-line bg-canvas p-3 text-sm">
        {fault === null ? (
          preview && (
            <>
              <p className="font-medium">{preview.sentence}</p>
              <NextRuns runs={preview.nextRuns} timeZone={preview.timeZone} className="mt-1.5" />
            </>
          )
        ) : (
          <p className="text-failed">{fault}</p>
        )}
      </div>
    </>
  );
}

/** What the server says of these times, a moment after they were typed. */
function usePreview(cron: string, timeZone: string) {
  const api = useApi();
  const asked = useDeferredValue({ cron, timeZone });
  const query = useQuery({
    queryKey: [...SCHEDULES_KEY, "preview", asked.cron, asked.timeZone],
    queryFn: async () => ({
      ...(await (await api()).schedules.preview.query(asked)),
      timeZone: asked.timeZone,
    }),
    enabled: asked.cron.trim() !== "" && asked.timeZone.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { preview: query.data, fault: query.isError ? errorFacts(query.error).message : null };
}
