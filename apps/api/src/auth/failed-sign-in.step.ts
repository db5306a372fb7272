import { noteFailedSignIn } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";

export const noteFailure = (
  db: Db,
  call: { email: string; address: string; requestId: string },
): Promise<string | undefined> => db.transaction((tx) => noteFailedSignIn(tx, call));
