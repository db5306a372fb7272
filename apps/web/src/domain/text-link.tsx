import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A link that opens the reader's mail or telephone. */
export function TextLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <a
      href={href}
      className={clsx(
        "text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current",
        className,
      )}
    >
      {children}
    </a>
  );
}
