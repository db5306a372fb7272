"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { keepZone, type Zone } from "./zone.ts";

interface Zoned {
  zone: Zone;
  /** The browser's own zone; null until it has been asked. */
  own: string | null;
  chooseUtc: (isUtc: boolean) => void;
}

const ZoneContext = createContext<Zoned>({
  zone: { name: "UTC", isUtcChosen: false },
  own: null,
  chooseUtc: () => undefined,
});

/** The time zone that times are told in: the browser's own, or UTC where that is chosen. */
export function ZoneProvider({ initial, children }: { initial: Zone; children: ReactNode }) {
  const [zone, setZone] = useState(initial);
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => {
    const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setOwn(name);
    if (initial.isUtcChosen || initial.name === name) return;
    const next = { name, isUtcChosen: false };
    setZone(next);
    keepZone(next);
  }, [initial.isUtcChosen, initial.name]);
  const chooseUtc = (isUtc: boolean): void => {
    const next = { name: isUtc ? "UTC" : (own ?? "UTC"), isUtcChosen: isUtc };
    setZone(next);
    keepZone(next);
  };
  return <ZoneContext value={{ zone, own, chooseUtc }}>{children}</ZoneContext>;
}

export const useZone = (): Zoned => useContext(ZoneContext);
