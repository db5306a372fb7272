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
  /** Null: the browser's own. */
  choose: (name: string | null) => void;
}

const ZoneContext = createContext<Zoned>({
  zone: { name: "UTC", isChosen: false },
  own: null,
  choose: () => undefined,
});

/** It stays what it is as long as the page does. */
const stays = () => () => undefined;
const readOwn = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = (): null => null;

/** The time zone that times are told in: the browser's own, or the one that was chosen. */
export function ZoneProvider({ initial, children }: { initial: Zone; children: ReactNode }) {
  const own = useSyncExternalStore<string | null>(stays, readOwn, unknown);
  const [chosen, choose] = useState(initial.isChosen ? initial.name : null);
  const name = chosen ?? own ?? initial.name;
  const isChosen = chosen !== null;
  useEffect(() => {
    if (own !== null) keepZone({ name, isChosen });
  }, [own, name, isChosen]);
  return <ZoneContext value={{ zone: { name, isChosen }, own, choose }}>{children}</ZoneContext>;
}

export const useZone = (): Zoned => useContext(ZoneContext);
