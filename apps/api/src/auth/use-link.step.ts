import { useSignInLink } from "@scrapersky/api";
import type { SignInLink } from "@scrapersky/api/contract";
import type { Db } from "@scrapersky/db";

/** Uses a link up and sets its person's password, both or neither. */
export const useLink = (
  db: Db,
  call: { token: string; passwordHash: string; requestId: string },
): Promise<SignInLink> => db.transaction((tx) => useSignInLink(tx, call));
