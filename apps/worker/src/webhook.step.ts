import {
  type ClaimedDelivery,
  claimDeliveries,
  recordDelivery,
  releaseDelivery,
  tellExpiringKeys,
  tellFailures,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { MessageAnswer, MessageSender } from "@scrapersky/scraper";
import { Webhook } from "standardwebhooks";
import { describeFault } from "./describe-fault.ts";
import type { WorkerLog } from "./outage-log.ts";
import { step } from "./step.ts";
import { delivering } from "./traced.ts";

/** What a worker sends at the same time. */
const AT_ONCE_MAX = 16;
const USER_AGENT = "ScraperSky-Webhooks/1.0";

/** What delivers webhooks needs besides the database. */
export interface Delivering {
  /** That secrets are made of. */
  key: string;
  sender: MessageSender;
}

export interface Deliverer {
  /** Claims what is due, as far as there are places, and begins to send it. */
  deliver(db: Db): Promise<void>;
  /** What is being sent is given back. Resolves when nothing is any more. */
  stop(): Promise<void>;
}

/** Writes what has happened since, of what is told together or ahead. */
export async function tellGathered(db: Db): Promise<void> {
  while (await db.transaction((tx) => tellFailures(tx)));
}

export async function tellKeys(db: Db): Promise<void> {
  while (await db.transaction((tx) => tellExpiringKeys(tx)));
}

/** Sends what is due, beside everything else, so that a slow receiver holds up neither others nor the worker. */
export function createDeliverer({ key, sender }: Delivering, log: WorkerLog): Deliverer {
  const sending = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function send(db: Db, claim: ClaimedDelivery): Promise<void> {
    const send = () =>
      sender.send({
        url: claim.url,
        headers: headersOf(claim, new Date()),
        body: claim.body,
        signal: stopping.signal,
      });
    await delivering(claim, send, (answer) => step("webhooks", () => record(db, claim, answer)));
  }

  async function record(db: Db, claim: ClaimedDelivery, answer: MessageAnswer): Promise<void> {
    const { deliveryId, tries } = claim;
    if (answer.kind === "aborted") {
      await db.transaction((tx) => releaseDelivery(tx, { deliveryId, tries }));
      return;
    }
    const { durationMs, ...result } = answer;
    const recorded = await db.transaction((tx) =>
      recordDelivery(tx, { deliveryId, tries, result, durationMs }),
    );
    log.info({ deliveryId, tries, move: recorded?.move ?? "refused", durationMs }, "webhook sent");
    if (recorded?.isDisabled) {
      log.warn(
        { webhookId: recorded.webhookId },
        "webhook disabled, for nobody takes what is sent",
      );
    }
  }

  return {
    async deliver(db) {
      const most = AT_ONCE_MAX - sending.size;
      if (most <= 0 || stopping.signal.aborted) return;
      const claims = await db.transaction((tx) => claimDeliveries(tx, { key, most }));
      for (const claim of claims) {
        const sent: Promise<void> = send(db, claim)
          // Its lease runs out, and it is sent again.
          .catch((error: unknown) =>
            log.error(
              { ...describeFault(error), deliveryId: claim.deliveryId },
              "webhook sent, and not noted",
            ),
          )
          .finally(() => sending.delete(sent));
        sending.add(sent);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(sending);
      await sender.close();
    },
  };
}

/** As Standard Webhooks has them: one signature of each secret that is in force. */
function headersOf(
  { messageId, body, secrets }: ClaimedDelivery,
  at: Date,
): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": USER_AGENT,
    "webhook-id": messageId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Webhook(secret).sign(messageId, at, body))
      .join(" "),
  };
}
