"use client";

import type { LeadDetail } from "@scrapersky/api/contract";
import { LEAD_LABEL_LENGTH_MAX, LEAD_NOTE_LENGTH_MAX } from "@scrapersky/api/wire";
import { useState } from "react";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Input, INPUT_CLASS } from "#ui/field.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useChangeLead } from "./use-change-lead.ts";

interface Patch {
  label?: string | null;
  note?: string | null;
  contacted?: boolean;
  doNotContact?: boolean;
}

/** What staff note on a business; scans leave it alone. */
export function NotesPanel({ lead }: { lead: LeadDetail }) {
  const may = useMay("leads:write");
  const { notes } = lead;
  /** What was ticked, until it is kept. */
  const [ticked, setTicked] = useState<Patch>({});
  const change = useChangeLead(lead, async (client, place, patch: Patch) => ({
    notes: await client.leads.update.mutate({ ...place, patch }),
  }));
  const tick = (patch: Patch): void => {
    setTicked((before) => ({ ...before, ...patch }));
    change.mutate(patch, { onSettled: () => setTicked({}) });
  };
  return (
    <Panel>
      <h2 className="border-b border-line px-4 py-2 text-sm font-medium">Notes of the team</h2>
      <div className="flex flex-col gap-3 p-4">
        <NoteFields
          // What somebody else wrote meanwhile takes the place of what stood here.
          key={notes.updatedAt}
          notes={notes}
          // Without the right to contacts a note is not told: to write one would take away what stands there.
          mayNote={!lead.contactsHidden}
          disabled={!may}
          onSave={(patch) => change.mutate(patch)}
        />
        <Check
          label="Contacted"
          checked={ticked.contacted ?? notes.contactedAt !== null}
          disabled={!may}
          onChange={(contacted) => tick({ contacted })}
        >
          {notes.contactedAt === null ? null : <Ago at={notes.contactedAt} />}
        </Check>
        <Check
          label="Do not contact"
          checked={ticked.doNotContact ?? notes.doNotContact}
          disabled={!may}
          onChange={(doNotContact) => tick({ doNotContact })}
        />
        {change.isError ? <ErrorCard error={change.error} /> : null}
      </div>
    </Panel>
  );
}

function NoteFields({
  notes,
  mayNote,
  disabled,
  onSave,
}: {
  notes: LeadDetail["notes"];
  mayNote: boolean;
  disabled: boolean;
  onSave: (patch: Patch) => void;
}) {
  const [label, setLabel] = useState(notes.label ?? "");
  const [note, setNote] = useState(notes.note ?? "");
  const isChanged = label !== (notes.label ?? "") || note !== (notes.note ?? "");
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ label, ...(mayNote ? { note } : {}) });
      }}
    >
      <Field label="Label" htmlFor="lead-label">
        <Input
          id="lead-label"
          value={label}
          maxLength={LEAD_LABEL_LENGTH_MAX}
          disabled={disabled}
          onChange={(event) => setLabel(event.target.value)}
        />
      </Field>
      {mayNote ? (
        <Field label="Note" htmlFor="lead-note">
          <textarea
            id="lead-note"
            rows={3}
            value={note}
            maxLength={LEAD_NOTE_LENGTH_MAX}
            disabled={disabled}
            onChange={(event) => setNote(event.target.value)}
            className={`${INPUT_CLASS} h-auto! py-1.5`}
          />
        </Field>
      ) : null}
      {isChanged ? (
        <div>
          <Button type="submit" variant="primary" disabled={disabled}>
            Save the notes
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function Check({
  label,
  checked,
  disabled,
  onChange,
  children,
}: {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
  children?: React.ReactNode;
}) {
  return (
    <label className="flex min-h-6 items-center gap-2 text-sm pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {label}
      {children === undefined ? null : <span className="text-muted">{children}</span>}
    </label>
  );
}
