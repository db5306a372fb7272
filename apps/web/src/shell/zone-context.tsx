"use client";

import {
  createContext,
  startTransition,
  useContext,
  useEffect,
  useState,
  type ReactNode,
} from "react";
import { useApi } from "#trpc/client.tsx";
import { toast } from "./toast.ts";
import { keepOwnZone, type Zone } from "./zone.ts";

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

const readOwn = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The time zone that times are told in: the one that the reader chose, which is kept with them, else the browser's own.
 * @param kept what the reader chose before
 * @param last the browser's own at the last visit
 */
export function ZoneProvider({
  kept,
  last,
  children,
}: {
  kept: string | null;
  last: string;
  children: ReactNode;
}) {
  const api = useApi();
  const [own, setOwn] = useState<string | null>(null);
  const [chosen, setChosen] = useState(kept);
  useEffect(() => {
    const name = readOwn();
    keepOwnZone(name);
    // A part whose script comes later is taken over as the server drew it, in the zone of the last visit; then it follows.
    startTransition(() => setOwn(name));
  }, []);
  const choose = (timeZone: string | null): void => {
    setChosen(timeZone);
    api()
      .then(({ profiles }) => profiles.updateMe.mutate({ timeZone }))
      .catch(() => toast({ key: "zone", text: "The time zone holds until you leave this page." }));
  };
  const zone = { name: chosen ?? own ?? last, isChosen: chosen !== null };
  return <ZoneContext value={{ zone, own, choose }}>{children}</ZoneContext>;
}

export const useZone = (): Zoned => useContext(ZoneContext);
