import { detach } from "../../text.ts";
import { acceptEmail } from "./accept.ts";

const RAW_MAX = 320;
const ENTRIES_MAX = 2_000;

/** Addresses of one site as they were judged: a page has each several times, and so has every other page. */
export class Mailboxes {
  readonly #known = new Map<string, string | null>();

  /** As {@link acceptEmail} judges it. */
  accept(raw: string, siteHost: string): string | undefined {
    if (raw.length > RAW_MAX) return acceptEmail(raw, siteHost);
    const key = `${siteHost} ${raw}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known ?? undefined;
    const email = acceptEmail(raw, siteHost);
    if (this.#known.size < ENTRIES_MAX) this.#known.set(detach(key), email ?? null);
    return email;
  }
}
