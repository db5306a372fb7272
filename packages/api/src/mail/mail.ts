/** One message in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Hands a message over to a mail server; rejects where that does not take it. */
export type SendMail = (mail: Mail) => Promise<void>;
