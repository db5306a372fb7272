import type net from "node:net";
import type { Endpoint } from "../config/pool-options.ts";
import { openSocket } from "./socket.ts";

const CANCEL_REQUEST = 80_877_102;

/** What a server gives at login to whoever may want to cancel. */
export interface CancelKey {
  pid: number;
  secret: number;
}

/**
 * Asks the server to stop what the connection with this key runs. Resolves when the server has
 * hung up, which is when it has passed the request on, or after `timeoutMs`; never rejects. The
 * driver's own way tells neither its end nor its failure to anybody.
 */
export async function requestCancel(
  endpoint: Endpoint,
  { pid, secret }: CancelKey,
  timeoutMs: number,
): Promise<void> {
  let socket: net.Socket | undefined;
  const timer = setTimeout(() => socket?.destroy(), timeoutMs);
  try {
    const opened = await openSocket(endpoint, (opening) => {
      socket = opening;
    });
    const request = Buffer.alloc(16);
    [16, CANCEL_REQUEST, pid, secret].forEach((part, at) => request.writeUInt32BE(part, 4 * at));
    await new Promise<void>((resolve) => {
      opened.once("close", () => resolve());
      opened.resume();
      opened.write(request);
    });
  } catch {
    // A request that does not arrive is one that does not help: the connection will be ended.
  } finally {
    clearTimeout(timer);
  }
}
