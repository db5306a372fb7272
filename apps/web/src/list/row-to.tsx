"use client";

import type { ReactNode } from "react";
import { usePath } from "#shell/me.tsx";
import { RowLink } from "#ui/table.tsx";

/** The link of a row to its page, by its path below the tenant. */
export function RowTo({
  to,
  children,
  className,
}: {
  to: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <RowLink href={usePath()(to)} className={className}>
      {children}
    </RowLink>
  );
}
