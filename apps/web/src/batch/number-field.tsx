import { formatCount } from "#format/number.ts";
import { Field, Input } from "#ui/field.tsx";

/** A whole number between 1 and `max`, or what is wrong with the text. */
export const readNumber = (text: string, max: number): { value: number } | { wrong: string } => {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= max
    ? { value }
    : { wrong: `A whole number from 1 to ${formatCount(max)}.` };
};

/** A text field for a whole number, with what is wrong below it. */
export function NumberField({
  id,
  label,
  value,
  read,
  hint,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  read: ReturnType<typeof readNumber>;
  hint: string;
  onChange: (text: string) => void;
}) {
  const wrong = "wrong" in read ? read.wrong : null;
  return (
    <Field label={label} htmlFor={id} hint={hint} error={wrong}>
      <Input
        id={id}
        inputMode="numeric"
        value={value}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? `${id}-hint` : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
        className="tabular-nums"
      />
    </Field>
  );
}
