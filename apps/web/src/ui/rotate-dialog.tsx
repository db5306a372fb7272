"use client";

import { type ReactNode, useId, useState } from "react";
import { Field, INPUT_CLASS } from "./field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { ErrorCard } from "./states.tsx";

/** How far a rotation is. */
interface Rotation<Made> {
  data: Made | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  mutate(overlapHours: number): void;
}

/** Makes a secret in the place of another, which goes on for a while. */
export function RotateDialog<Made>({
  open,
  onClose,
  title,
  send,
  label,
  hours,
  overlaps,
  rotation,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  send: string;
  /** Of the choice what becomes of the old one. */
  label: string;
  /** The choice unless another is made. */
  hours: number;
  overlaps: readonly { hours: number; words: string }[];
  rotation: Rotation<Made>;
  children: (made: Made) => ReactNode;
}) {
  const id = useId();
  const [overlapHours, setOverlap] = useState(hours);
  const { data: made, isPending, isError, error, mutate } = rotation;
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={title}
      send={made === undefined ? send : "Done"}
      ready={!isPending}
      onSend={() => (made === undefined ? mutate(overlapHours) : onClose())}
    >
      {made === undefined ? (
        <Field label={label} htmlFor={id} hint="So long the program has time to change.">
          <select
            id={id}
            value={overlapHours}
            onChange={({ target }) => setOverlap(Number(target.value))}
            aria-describedby={`${id}-hint`}
            className={INPUT_CLASS}
          >
            {overlaps.map(({ hours: value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      ) : (
        children(made)
      )}
      {isError ? <ErrorCard error={error} /> : null}
    </FormDialog>
  );
}
