import { findDatabaseError } from "@scrapersky/db";
import type { Logger } from "pino";

/** `Invalid origin: https://…`, where what follows is as the client sent it, a `Referer` with its query even. */
const REFUSED_ADDRESS = /^Invalid (\w+): (.*)$/s;
const ORIGIN_LENGTH_MAX = 200;

/**
 * Writes what the library of sign-ins says into our log. Of what goes with a message only the kind of a fault
 * is written: the rest may hold rows, parameters or what a client sent.
 * @param onFault gets each error that the library swallows
 */
export const createAuthLog =
  (log: Logger, onFault: (fault: Error) => void) =>
  (level: string, message: unknown, ...details: unknown[]): void => {
    const fault = [message, ...details].find((one) => one instanceof Error);
    if (fault) {
      onFault(fault);
      const database = findDatabaseError(fault);
      const facts = { fault: database?.kind ?? fault.name, sqlstate: database?.sqlstate };
      log.error({ part: "auth", ...facts }, typeof message === "string" ? message : "fault");
      return;
    }
    const text = String(message);
    const refused = REFUSED_ADDRESS.exec(text);
    if (refused) {
      const origin =
        URL.parse(refused[2] ?? "")?.origin.slice(0, ORIGIN_LENGTH_MAX) ?? "unreadable";
      log.warn({ part: "auth", address: refused[1], origin }, "foreign origin refused");
      return;
    }
    log[level === "error" ? "error" : "warn"]({ part: "auth" }, text);
  };
