// Whether a service is ready, and that it is the one who answers: a stranger at its port knows nothing
// of the token that this start gave to its own.
import { INSTANCE_HEADER } from "@scrapersky/machine/instance";
import type { Child } from "./child.ts";

const EVERY_MS = 50;

/** Addresses of a service: those that tell its token, and those that then must answer too. */
export interface Readiness {
  token: string;
  proofs: string[];
  pages: string[];
}

/** Somebody else has the port. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
}

/**
 * Waits until each address answers with a status below 400, or the child ends.
 * @throws PortTaken; Error with the child's last log lines
 */
export async function waitUntilReady(
  child: Child,
  { token, proofs, pages }: Readiness,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  let end: string | undefined;
  void child.exited.then((how) => (end = how));
  const deadline = Date.now() + timeoutMs;
  for (const url of [...proofs, ...pages]) {
    for (;;) {
      const answer = await ask(url);
      const isOurs = answer === token || pages.includes(url);
      if (answer !== undefined && isOurs) break;
      signal.throwIfAborted();
      const problem = end !== undefined ? `ended (${end})` : `did not answer on ${url} in time`;
      // What it was refused it says before it ends.
      if (child.portTaken() || answer !== undefined)
        throw new PortTaken(`${child.name} ${problem}`);
      if (end !== undefined || Date.now() > deadline) {
        throw new Error(
          `${child.name} ${problem} while starting. Its log, ${child.logFile}, ends with:\n\n${await child.lastLines()}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}

/** The token that is told there, or none in its place; undefined when nobody answers well. */
async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status < 400 ? (response.headers.get(INSTANCE_HEADER) ?? "") : undefined;
  } catch {
    return undefined;
  }
}
