import { clsx } from "clsx";
import type { ReactNode } from "react";

/** One choice of a filter; pressed means it holds. */
export function FilterChip({
  pressed,
  onPress,
  children,
}: {
  pressed: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={clsx(
        "inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm whitespace-nowrap transition-colors pointer-coarse:h-11",
        pressed
          ? "border-accent-text bg-accent-soft text-text"
          : "border-line bg-surface hover:bg-hover",
      )}
    >
      {children}
    </button>
  );
}
