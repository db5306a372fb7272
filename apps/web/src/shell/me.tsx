"use client";

import type { Permission } from "@scrapersky/api";
import type { Me } from "@scrapersky/api/contract";
import { createContext, useContext, type ReactNode } from "react";
import type { Place } from "./navigation.ts";

interface Session {
  me: Me;
  places: Place[];
}

const SessionContext = createContext<Session | null>(null);

/** The signed-in person, the tenant and where the person can go, for everything inside the frame. */
export function MeProvider({ me, places, children }: Session & { children: ReactNode }) {
  return <SessionContext value={{ me, places }}>{children}</SessionContext>;
}

const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("This needs a MeProvider above it.");
  return session;
};

export const useMe = (): Me => useSession().me;

export const usePlaces = (): Place[] => useSession().places;

/** Whether the person may do this here. The server decides again; this only hides what would be refused. */
export const useMay = (permission: Permission): boolean => useMe().permissions.includes(permission);

/** Path below the current tenant: usePath()("/jobs") → "/t/skyline/jobs". */
export const usePath = (): ((path: string) => string) => {
  const { slug } = useMe().tenant;
  return (path) => `/t/${slug}${path}`;
};
