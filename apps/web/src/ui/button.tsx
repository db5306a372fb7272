import { clsx } from "clsx";
import type { ComponentProps } from "react";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const BASE =
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap select-none transition-colors pointer-coarse:h-11 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface text-text hover:bg-hover active:bg-press",
  ghost: "text-text hover:bg-hover active:bg-press",
  danger: "bg-danger text-on-accent hover:bg-danger-hover",
};

export const buttonClass = (variant: ButtonVariant = "secondary", className?: string): string =>
  clsx(BASE, VARIANTS[variant], className);

export function Button({
  variant,
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & { variant?: ButtonVariant }) {
  return <button {...props} type={type} className={buttonClass(variant, className)} />;
}

/** A square button whose meaning is only its icon; the label is spoken and shown on hover. */
export function IconButton({
  label,
  className,
  ...props
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      {...props}
      type="button"
      aria-label={label}
      data-hint={label}
      className={clsx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text pointer-coarse:size-11",
        className,
      )}
    />
  );
}
