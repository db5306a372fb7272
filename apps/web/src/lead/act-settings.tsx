"use client";

import { LABEL_LENGTH_MAX, LEAD_LABEL_LENGTH_MAX, MAX_PAGES_MAX } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { NumberField, readNumber } from "#batch/number-field.tsx";
import type { SettingsProps } from "#list/list-act.ts";
import { Field, Input } from "#ui/field.tsx";

const REASON_LENGTH_MAX = 500;

/** How leads are scanned again. */
export function ScanSettings({ value, onChange }: SettingsProps) {
  const id = useId();
  const [pages, setPages] = useState("50");
  const [label, setLabel] = useState("");
  const change = (wanted: string, name: string): void => {
    const read = readNumber(wanted, MAX_PAGES_MAX);
    if (!("value" in read)) return;
    onChange({ ...value, maxPages: read.value, label: name === "" ? undefined : name });
  };
  return (
    <>
      <Field label="Label of the batch" htmlFor={`${id}-label`}>
        <Input
          id={`${id}-label`}
          value={label}
          maxLength={LABEL_LENGTH_MAX}
          onChange={({ target }) => {
            setLabel(target.value);
            change(pages, target.value);
          }}
        />
      </Field>
      <NumberField
        id={`${id}-pages`}
        label="Pages at most"
        value={pages}
        read={readNumber(pages, MAX_PAGES_MAX)}
        hint="Of each domain."
        onChange={(text) => {
          setPages(text);
          change(text, label);
        }}
      />
    </>
  );
}

/** One label for all of them. */
export function LabelSettings({ value, onChange }: SettingsProps) {
  const id = useId();
  return (
    <Field label="Label" htmlFor={id} hint="Left empty, labels are taken away.">
      <Input
        id={id}
        value={typeof value["label"] === "string" ? value["label"] : ""}
        maxLength={LEAD_LABEL_LENGTH_MAX}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange({ label: target.value === "" ? null : target.value })}
      />
    </Field>
  );
}

/** Why something is never scanned and stored again. */
export function ReasonSettings({ value, onChange }: SettingsProps) {
  const id = useId();
  return (
    <Field label="Reason" htmlFor={id} hint="For colleagues who wonder later; may be left empty.">
      <Input
        id={id}
        value={typeof value["reason"] === "string" ? value["reason"] : ""}
        maxLength={REASON_LENGTH_MAX}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) =>
          onChange({ reason: target.value === "" ? undefined : target.value })
        }
      />
    </Field>
  );
}
