"use client";

import { useEffectEvent, useLayoutEffect, useRef, type ComponentProps } from "react";
import { clsx } from "clsx";

/**
 * The field that a list is pasted into. It holds its text itself: into a field that React controls the whole list would
 * be written once more for every key, and into the document besides. What was typed before the page's script came is
 * given to `onTypedBefore`.
 */
export function ListField({
  text,
  onChange,
  onTypedBefore,
  className,
  ...attributes
}: Omit<ComponentProps<"textarea">, "value" | "defaultValue" | "onChange" | "ref"> & {
  text: string;
  onChange: (text: string) => void;
  onTypedBefore: (text: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const adopt = useEffectEvent((typed: string) => {
    // Effects may run again for a field that shows its text already.
    if (typed !== "" && typed !== text) onTypedBefore(typed);
  });
  useLayoutEffect(() => adopt(field.current?.value ?? ""), []);
  useLayoutEffect(() => {
    if (field.current !== null && field.current.value !== text) field.current.value = text;
  }, [text]);
  return (
    <textarea
      ref={field}
      defaultValue=""
      onChange={(event) => onChange(event.target.value)}
      className={clsx("block w-full resize-y rounded-lg border p-3 font-mono leading-5", className)}
      {...attributes}
    />
  );
}
