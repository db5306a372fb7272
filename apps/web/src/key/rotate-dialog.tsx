"use client";

import { KEY_OVERLAP_HOURS } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { useAct } from "#trpc/use-act.ts";
import { Field, INPUT_CLASS } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { MadeKey } from "./made-key.tsx";

const OVERLAPS = [
  { hours: 0, words: "Ends at once" },
  { hours: 1, words: "Works for another hour" },
  { hours: 24, words: "Works for another day" },
  { hours: 168, words: "Works for another week" },
];

/** Makes a key in the place of another, which goes on working for a while. */
export default function RotateDialog({
  keyId,
  name,
  open,
  onClose,
}: {
  keyId: string;
  name: string;
  open: boolean;
  onClose: () => void;
}) {
  const id = useId();
  const [overlapHours, setOverlap] = useState<number>(KEY_OVERLAP_HOURS.default);
  const rotate = useAct(["keys"], ({ keys }) => keys.rotate.mutate({ keyId, overlapHours }));
  const made = rotate.data;
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={`Rotate the key “${name}”`}
      send={made ? "Done" : "Make the new key"}
      ready={!rotate.isPending}
      onSend={() => (made ? onClose() : rotate.mutate(undefined))}
    >
      {made ? (
        <MadeKey made={made} />
      ) : (
        <Field label="The key of today" htmlFor={id} hint="So long the program has time to change.">
          <select
            id={id}
            value={overlapHours}
            onChange={({ target }) => setOverlap(Number(target.value))}
            aria-describedby={`${id}-hint`}
            className={INPUT_CLASS}
          >
            {OVERLAPS.map(({ hours, words }) => (
              <option key={hours} value={hours}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      )}
      {rotate.isError ? <ErrorCard error={rotate.error} /> : null}
    </FormDialog>
  );
}
