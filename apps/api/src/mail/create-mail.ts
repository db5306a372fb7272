import type { SendMail } from "@scrapersky/api";
import type { Logger } from "pino";
import type { Env } from "../env.ts";

/** A server that says nothing for so long takes nothing, and whoever invites waits for it. */
const SILENCE_MAX_MS = 10_000;

/** Sends mail by the server of the settings; null without one. The library is loaded with the first message. */
export function createMail(
  settings: Partial<Pick<Env, "SMTP_URL" | "MAIL_FROM">>,
  log: Logger,
): SendMail | null {
  const { SMTP_URL: url, MAIL_FROM: from = "ScraperSky <scrapersky@localhost>" } = settings;
  if (url === undefined) return null;
  return async (mail) => {
    const { createTransport } = await import("nodemailer");
    const transport = createTransport({
      url,
      connectionTimeout: SILENCE_MAX_MS,
      greetingTimeout: SILENCE_MAX_MS,
      socketTimeout: SILENCE_MAX_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to: { name: "", address: mail.to },
        subject: mail.subject,
        text: mail.text,
      });
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      // What the server said may repeat the address and the link.
      log.error({ part: "mail", code, responseCode }, "a message was not taken");
      throw error;
    } finally {
      transport.close();
    }
  };
}
