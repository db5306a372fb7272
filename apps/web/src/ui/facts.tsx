import { clsx } from "clsx";
import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Names and values in two columns; a value that was not seen is a dash, never "no". */
export function Facts({ facts, className }: { facts: Fact[]; className?: string }) {
  return (
    <dl className={clsx("divide-y divide-line text-sm", className)}>
      {facts.map(({ label, value }, at) => (
        // Names of a customer's columns may be the same.
        <div key={`${at} ${label}`} className="flex gap-3 px-4 py-2">
          <dt className="w-28 shrink-0 text-muted">{label}</dt>
          <dd className="min-w-0 flex-1 break-words">{value ?? <Unseen />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A dash with a reason: by default, that it was not seen on the site. */
export function Unseen({ what = "not seen" }: { what?: string }) {
  return (
    <span className="text-muted" data-hint={what} data-wide>
      –<span className="sr-only">{what}</span>
    </span>
  );
}

/** A word on its own ground, for technology and flags. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-6 items-center gap-1 rounded-md border border-line bg-canvas px-2 text-xs whitespace-nowrap">
      {children}
    </span>
  );
}
