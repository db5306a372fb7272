"use client";

import type { Me } from "@scrapersky/api/contract";
import { createContext, useContext, type ReactNode } from "react";

const MeContext = createContext<Me | null>(null);

/** The signed-in person and tenant, for everything inside the frame. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export const useMe = (): Me => {
  const me = useContext(MeContext);
  if (me === null) throw new Error("useMe needs a MeProvider above it.");
  return me;
};

/** Whether the person may do this here. The server decides again; this only hides what would be refused. */
export const useMay = (permission: string): boolean => useMe().permissions.includes(permission);

/** Path below the current tenant: usePath()("/jobs") → "/t/skyline/jobs". */
export const usePath = (): ((path: string) => string) => {
  const { slug } = useMe().tenant;
  return (path) => `/t/${slug}${path}`;
};
