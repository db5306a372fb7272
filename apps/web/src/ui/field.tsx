import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

export const INPUT_CLASS =
  "h-8 w-full rounded-md border border-field-line bg-surface px-2.5 text-base text-text pointer-coarse:h-11 disabled:opacity-60 aria-invalid:border-failed";

/** A label, its control, and what helps to fill it or why it was refused. */
export function Field({
  label,
  htmlFor,
  hint,
  error,
  className,
  children,
}: {
  label: string;
  htmlFor: string;
  hint?: ReactNode;
  error?: string | null;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={className}>
      <label htmlFor={htmlFor} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children}
      {error === undefined || error === null ? (
        hint === undefined ? null : (
          <p id={`${htmlFor}-hint`} className="mt-1.5 text-xs text-muted">
            {hint}
          </p>
        )
      ) : (
        <p id={`${htmlFor}-error`} className="mt-1.5 text-xs text-failed">
          {error}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input {...props} className={clsx(INPUT_CLASS, className)} />;
}
