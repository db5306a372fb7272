import net from "node:net";
import tls from "node:tls";
import type { LastBytes } from "../config/hooks.ts";
import type { Endpoint } from "../config/pool-options.ts";
import type { ServerError } from "../errors/classify.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { Tail } from "./tail.ts";

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const ACCEPTED = 0x53;
const READY = 0x5a;
const ERROR = 0x45;

const CLOSED_EARLY = Object.assign(new Error("closed before it was open"), { code: "ECONNRESET" });

/**
 * Opens a socket to a Postgres server; with TLS the handshake is done here, so that a tap sees plain text.
 * @param onSocket gets the socket before it is connected, so that a stalled one can be ended
 */
export async function openSocket(
  endpoint: Endpoint,
  onSocket: (socket: net.Socket) => void = () => {},
): Promise<net.Socket> {
  const socket = net.connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  // One listener stays: an 'error' event without one would end the process.
  socket.on("error", () => {});
  onSocket(socket);
  await until(socket, "connect");
  const options = endpoint.tls;
  if (options === false) return socket;
  socket.write(SSL_REQUEST);
  const answer = await until(socket, "data");
  if (answer[0] !== ACCEPTED) {
    socket.destroy();
    throw new DatabaseError("configuration", "the database does not speak TLS", {
      reason: "tls_missing",
    });
  }
  const { host } = endpoint;
  const secure = tls.connect({
    ...(net.isIP(host) ? {} : { servername: host }),
    ...options,
    socket,
    host,
  });
  secure.on("error", () => {});
  onSocket(secure);
  await until(secure, "secureConnect");
  return secure;
}

/** The next event of a socket; rejects, and ends it, when it fails or closes first. */
function until(socket: net.Socket, event: "connect" | "data" | "secureConnect"): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = () => {
      socket.off(event, arrived);
      socket.off("error", failed);
      socket.off("close", closed);
    };
    const arrived = (chunk: Buffer) => {
      done();
      resolve(chunk);
    };
    const failed = (error: Error) => {
      done();
      socket.destroy();
      reject(error);
    };
    const closed = () => failed(CLOSED_EARLY);
    socket.on(event, arrived);
    socket.on("error", failed);
    socket.on("close", closed);
  });
}

/** Transaction status of a session: idle, in a transaction, in a failed one, or not known. */
export type TransactionStatus = "I" | "T" | "E" | "?";

/** Bytes kept of what arrived last: more than any FATAL ErrorResponse. */
const KEPT_LENGTH = 8_192;
/** Of each direction, for whoever looks for the reason of what cannot be. */
const SHOWN_LENGTH = 4_096;
const COPY_TAG = "COPY ";
/** More than that word, the longest number and a ReadyForQuery. */
const TAG_LENGTH = 36;

/**
 * Listens beside whoever reads and writes. It keeps the end of what passed, and reads from it what the
 * driver drops: the transaction status after an answer, whether login ended, and the reason of a
 * FATAL end.
 */
export class Tap {
  readonly #received = new Tail(KEPT_LENGTH);
  readonly #sent = new Tail(SHOWN_LENGTH);
  /** True since the first ReadyForQuery: before that nothing can have run. */
  loggedIn = false;

  watch(socket: net.Socket, onClose: () => void): void {
    socket.on("data", (chunk: Buffer) => {
      this.#received.keep(chunk);
      if (!this.loggedIn && this.status() !== "?") this.loggedIn = true;
    });
    socket.on("close", onClose);
    const { write } = socket;
    socket.write = ((chunk: Buffer | string, encoding: BufferEncoding, done: () => void) => {
      // What is sent before is the login, a password perhaps.
      if (this.loggedIn) this.#sent.keep(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
      return write.call(socket, chunk, encoding, done);
    }) as typeof socket.write;
  }

  /** The last 4 kB each way. What was sent to log in is not among them. */
  lastBytes(): LastBytes {
    return {
      sent: this.#sent.bytes().subarray(-SHOWN_LENGTH),
      received: this.#received.bytes().subarray(-SHOWN_LENGTH),
    };
  }

  /** Status byte of a ReadyForQuery that ends what was received; `?` if something else does. */
  status(): TransactionStatus {
    const tail = this.#received.end(6);
    const { length } = tail;
    if (tail[length - 6] !== READY || tail.readUInt32BE(length - 5) !== 5) return "?";
    const status = String.fromCharCode(tail[length - 1]!);
    return status === "I" || status === "T" || status === "E" ? status : "?";
  }

  /** Everything from now until the server is ready again. */
  untilReady(socket: net.Socket): Promise<Buffer> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      const end = () => {
        socket.off("data", take);
        socket.off("close", end);
        resolve(Buffer.concat(chunks));
      };
      const take = (chunk: Buffer) => {
        chunks.push(chunk);
        if (this.status() !== "?") end();
      };
      socket.on("data", take);
      socket.on("close", end);
    });
  }

  /** The FATAL or PANIC answer that was the last thing received, if there was one. */
  fatal(): ServerError | undefined {
    return parseFatal(this.#received.bytes());
  }

  /** Rows of the COPY whose answer was the last thing received, as the server counted them. */
  copied(): number {
    const end = this.#received.end(TAG_LENGTH).subarray(-TAG_LENGTH).toString("latin1");
    const at = end.lastIndexOf(COPY_TAG);
    return at < 0 ? 0 : Number.parseInt(end.slice(at + COPY_TAG.length), 10);
  }
}

function parseFatal(bytes: Buffer): ServerError | undefined {
  for (let at = bytes.indexOf(ERROR); at >= 0; at = bytes.indexOf(ERROR, at + 1)) {
    if (at + 7 > bytes.length || bytes.at(-1) !== 0) continue;
    if (bytes.readUInt32BE(at + 1) + 1 !== bytes.length - at) continue;
    const error = parseErrorFields(bytes.subarray(at + 5));
    if (error?.severity === "FATAL" || error?.severity === "PANIC") return error;
  }
  return undefined;
}

/** The first ErrorResponse among whole messages, if there is one. */
export function findError(messages: Buffer): ServerError | undefined {
  for (let at = 0; at + 5 <= messages.length; at += messages.readUInt32BE(at + 1) + 1) {
    if (messages[at] === ERROR) {
      return parseErrorFields(messages.subarray(at + 5, at + 1 + messages.readUInt32BE(at + 1)));
    }
  }
  return undefined;
}

/** The fields of an ErrorResponse; undefined when it lacks the two that every one has. */
export function parseErrorFields(body: Buffer): ServerError | undefined {
  const fields = new Map<string, string>();
  for (const field of body.toString("utf8", 0, body.length - 2).split("\0")) {
    fields.set(field[0] ?? "", field.slice(1));
  }
  const code = fields.get("C");
  const text = fields.get("M");
  if (code === undefined || text === undefined) return undefined;
  return {
    code,
    message: text,
    severity: fields.get("V") ?? fields.get("S"),
    detail: fields.get("D"),
    hint: fields.get("H"),
    position: fields.get("P"),
    where: fields.get("W"),
    constraint_name: fields.get("n"),
    column_name: fields.get("c"),
    table_name: fields.get("t"),
  };
}
