import type { Notification } from "@scrapersky/api/contract";
import { batchName } from "#batch/batch-words.ts";
import { broughtWords } from "#batch/brought-words.ts";
import { LOOKS, type Tone } from "#ui/status.tsx";

/** What a notification is about, in words, and where more of it is told. */
interface NoteWords {
  name: string;
  /** The same as a sentence. */
  title: string;
  tone: Tone;
  word: string;
  text: string;
  to: string;
}

export function noteWords(note: Notification): NoteWords {
  if (note.kind === "batch") {
    const { batch } = note;
    const name = batchName(batch);
    const to = `/batches/${batch.batchId}`;
    return {
      name,
      title: `${name} has ended`,
      ...LOOKS[batch.status],
      text: broughtWords(batch),
      to,
    };
  }
  const { url, reason, webhookId } = note.webhook;
  const name = new URL(url).host;
  return {
    name,
    title: `The webhook to ${name} was disabled`,
    tone: reason === null ? "complete" : "failed",
    word: "Webhook",
    text:
      reason === null ? "disabled, and enabled since" : "disabled, for nobody takes what is sent",
    to: `/webhooks/${webhookId}`,
  };
}
