import { useEffect } from "react";

const FIRST_MS = 30_000;
const AGAIN_MS = 6 * 3_600_000;

/** Keeps somebody signed in who comes back: the API renews a session that is a day old when it is asked for it. */
export function useStaySignedIn(): void {
  useEffect(() => {
    const ask = () => void fetch("/api/auth/get-session").catch(() => {});
    const first = setTimeout(ask, FIRST_MS);
    const again = setInterval(ask, AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, []);
}
