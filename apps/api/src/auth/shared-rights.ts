import { createHash } from "node:crypto";
import type { Actor } from "@scrapersky/api";
import type { Credentials } from "./principal.ts";

/** So old may be what is said of a credential to whoever listens with it. */
const FRESH_MS = 1_000;

/** Who a credential speaks for by now, asked once for all streams that were opened with it. */
export interface SharedRights {
  /** @throws what `ask` throws, to all who wait for it; the next one asks again */
  actorNow(of: Credentials, ask: () => Promise<Actor | null>): Promise<Actor | null>;
}

export function createSharedRights(now: () => number = () => performance.now()): SharedRights {
  const answers = new Map<string, { at: number; answer: Promise<Actor | null> }>();
  return {
    actorNow(of, ask) {
      const key = keyOf(of);
      const known = answers.get(key);
      if (known && now() - known.at < FRESH_MS) return known.answer;
      for (const [old, { at }] of answers) {
        if (now() - at >= FRESH_MS) answers.delete(old);
      }
      const asked = { at: now(), answer: ask() };
      answers.set(key, asked);
      asked.answer.catch(() => {
        if (answers.get(key) === asked) answers.delete(key);
      });
      return asked.answer;
    },
  };
}

/** Everything that decides who is meant; hashed, so that no secret is kept. */
const keyOf = ({ method, headers, tenant }: Credentials): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        method,
        tenant,
        ...["authorization", "cookie", "origin", "sec-fetch-site"].map((name) => headers.get(name)),
      ]),
    )
    .digest("base64url");
