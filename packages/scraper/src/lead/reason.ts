import type { EmailFacts, PhoneFacts, SignalFacts, ThinReason } from "@scrapersky/outcome";
import type { Gathered } from "../site/gathered.ts";

/** Why a site gave no way to reach the business, or nothing but a form; null when it gave an address or a number. */
export function reasonOf(
  { flags }: Gathered,
  found: {
    emails: readonly EmailFacts[];
    phones: readonly PhoneFacts[];
    signals: SignalFacts;
  },
): ThinReason | null {
  const { emails, phones, signals } = found;
  if (signals.parked) return "parked";
  if (flags.has("robots_disallowed")) return "robots";
  if (emails.length > 0 || phones.length > 0) return null;
  if (flags.has("empty")) return "empty";
  if (flags.has("frame_unread")) return "frame";
  if (flags.has("js_redirect")) return "js_redirect";
  if (signals.needsJs) return "needs_js";
  if (signals.botWall) return "blocked";
  if (flags.has("partial")) return "interrupted";
  if (flags.has("crawl_delay")) return "crawl_delay";
  return signals.contactForm ? "form_only" : "no_contact";
}
