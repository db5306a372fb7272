import type { Told } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { ToneIcon } from "#ui/status.tsx";

/** A part of the answer, or why it is not there. */
export function Part<T>({
  told: { value, reason },
  children,
}: {
  told: Told<T>;
  children: (value: T) => ReactNode;
}) {
  if (value !== null) return children(value);
  return (
    <p className="flex gap-2 px-4 py-3 text-sm">
      <ToneIcon tone="failed" still className="mt-[3px]" />
      {reason}
    </p>
  );
}
