import { createHmac } from "node:crypto";

/** Which secret of which webhook. */
export interface SecretName {
  webhookId: string;
  number: number;
}

/**
 * The secret that signs what a webhook is sent, as Standard Webhooks writes it. It is made of the server's key each time, so no
 * copy of the database holds one.
 */
export const secretOf = (key: string, { webhookId, number }: SecretName): string =>
  `whsec_${createHmac("sha256", key).update(`webhook ${webhookId} ${number}`).digest("base64")}`;
