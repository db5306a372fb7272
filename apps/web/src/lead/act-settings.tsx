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

/** A line of text; left empty it is what `empty` says. */
function TextSetting({
  value,
  onChange,
  name,
  empty,
  label,
  hint,
  maxLength,
}: SettingsProps & {
  name: string;
  empty: null | undefined;
  label: string;
  hint: string;
  maxLength: number;
}) {
  const id = useId();
  const text = value[name];
  return (
    <Field label={label} htmlFor={id} hint={hint}>
      <Input
        id={id}
        value={typeof text === "string" ? text : ""}
        maxLength={maxLength}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange({ [name]: target.value === "" ? empty : target.value })}
      />
    </Field>
  );
}

/** One label for all of them. */
export const LabelSettings = (props: SettingsProps) => (
  <TextSetting
    {...props}
    name="label"
    empty={null}
    label="Label"
    hint="Left empty, labels are taken away."
    maxLength={LEAD_LABEL_LENGTH_MAX}
  />
);

/** Why something is never scanned and stored again. */
export const ReasonSettings = (props: SettingsProps) => (
  <TextSetting
    {...props}
    name="reason"
    empty={undefined}
    label="Reason"
    hint="For colleagues who wonder later; may be left empty."
    maxLength={REASON_LENGTH_MAX}
  />
);
