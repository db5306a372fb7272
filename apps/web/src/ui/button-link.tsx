import { Link } from "./link.tsx";
import type { ComponentProps } from "react";
import { buttonClass, type ButtonVariant } from "./button.tsx";

/** A link that looks like the button it replaces. */
export function ButtonLink({
  variant,
  className,
  ...props
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link {...props} className={buttonClass(variant, className)} />;
}
