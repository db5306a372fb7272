"use client";

import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
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

/** It stays what it is as long as the page does. */
const stays = () => () => undefined;
const readOwn = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = (): null => null;

/** The time zone that times are told in: the browser's own, or UTC where that is chosen. */
export function ZoneProvider({ initial, children }: { initial: Zone; children: ReactNode }) {
  const own = useSyncExternalStore<string | null>(stays, readOwn, unknown);
  const [isUtcChosen, chooseUtc] = useState(initial.isUtcChosen);
  const name = isUtcChosen ? "UTC" : (own ?? initial.name);
  useEffect(() => {
    if (own !== null) keepZone({ name, isUtcChosen });
  }, [own, name, isUtcChosen]);
  return (
    <ZoneContext value={{ zone: { name, isUtcChosen }, own, chooseUtc }}>{children}</ZoneContext>
  );
}

export const useZone = (): Zoned => useContext(ZoneContext);
