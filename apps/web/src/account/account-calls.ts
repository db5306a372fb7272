import type { OwnSession } from "@scrapersky/api/contract";
import { queryOptions } from "@tanstack/react-query";

// One's own way in is no procedure: it needs the session itself, which no key has.

const PLACE = "/api/auth/account";

/** A refusal in the words of the server. */
export class AccountProblem extends Error {
  override readonly name = "AccountProblem";
}

const SILENT = "The server did not answer. Check your connection and try again.";

const read = async (answer: Response): Promise<unknown> => {
  const told = (await answer.json().catch(() => ({}))) as { message?: string };
  if (answer.ok) return told;
  throw new AccountProblem(answer.status < 500 ? (told.message ?? SILENT) : SILENT);
};

/** Sends something about one's own account. */
export const postAccount = async (path: string, body: object): Promise<unknown> => {
  const answer = await fetch(PLACE + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new AccountProblem(SILENT);
  });
  return read(answer);
};

export const SESSIONS_KEY = ["account", "sessions"];

export const sessionsQuery = queryOptions({
  queryKey: SESSIONS_KEY,
  queryFn: async () => (await read(await fetch(`${PLACE}/sessions`))) as OwnSession[],
});
