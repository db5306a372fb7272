"use client";

import type { ReactNode } from "react";
import { usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { type Fact, Facts } from "#ui/facts.tsx";

/** What a detail beside a list is of, and the way to its page. */
export function PeekHead({
  title,
  to,
  open,
  children,
}: {
  title: ReactNode;
  /** Path of its page below the tenant. */
  to: string;
  open: string;
  children?: ReactNode;
}) {
  return (
    <div className="p-4">
      <h2 className="pr-8 text-lg font-medium break-words">{title}</h2>
      <div className="mt-1 text-sm text-muted">{children}</div>
      <ButtonLink href={usePath()(to)} className="mt-3">
        {open}
      </ButtonLink>
    </div>
  );
}

/** The facts of a detail that has some: what was not seen is left out, there is little room. */
export function PeekFacts({ facts }: { facts: Fact[] }) {
  return (
    <Facts
      className="border-t border-line"
      facts={facts.filter(({ value }) => value !== null && value !== undefined && value !== "")}
    />
  );
}
