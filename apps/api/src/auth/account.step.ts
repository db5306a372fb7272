import { askForLink, changePassword, endSession, type Mail } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";

export interface OfSession {
  personId: string;
  sessionId: string;
  requestId: string;
}

const authorOf = ({ personId, requestId }: OfSession) =>
  ({ actor: null, personId, requestId, source: "account" }) as const;

/** Another password, with its row in the audit log. */
export const setPassword = (db: Db, of: OfSession, hash: string): Promise<void> =>
  db.transaction((tx) => changePassword(tx, authorOf(of), { hash, sessionId: of.sessionId }));

/** Ends one session of the person. */
export const endOne = (db: Db, of: OfSession, sessionId: string): Promise<boolean> =>
  db.transaction((tx) => endSession(tx, authorOf(of), sessionId));

/** The message for whoever forgot their password; undefined for nobody. */
export const makeForgottenMail = (
  db: Db,
  of: { email: string; webUrl: string; requestId: string },
): Promise<Mail | undefined> => db.transaction((tx) => askForLink(tx, of));
