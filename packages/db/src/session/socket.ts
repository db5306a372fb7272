import net from "node:net";
import tls from "node:tls";
import { DatabaseError } from "./errors.ts";
import type { ServerError } from "./classify.ts";

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const ACCEPTED = 0x53;
const READY = 0x5a;
const ERROR = 0x45;

const CLOSED_EARLY = Object.assign(new Error("closed before it was open"), { code: "ECONNRESET" });

export interface Endpoint {
  host: string;
  port: number;
  tls: tls.ConnectionOptions | false;
}

/**
 * Opens a socket to a Postgres server; with TLS the handshake is done here, so that a tap sees plain text.
 * @param onSocket gets the socket before it is connected, so that a stalled one can be ended
 */
export async function openSocket(
  endpoint: Endpoint,
  onSocket: (socket: net.Socket) => void = () => {},
): Promise<net.Socket> {
  const socket = net.connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  // One listener stays: an error while nobody listens would end the process.
  socket.on("error", () => {});
  onSocket(socket);
  await until(socket, "connect");
  const options = endpoint.tls;
  if (options === false) return socket;
  socket.write(SSL_REQUEST);
  const answer = await until(socket, "data");
  if (answer[0] !== ACCEPTED) {
    socket.destroy();
    throw new DatabaseError(
      "configuration",
      "the database does not speak TLS: set sslmode=disable to accept that",
    );
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

/** Bytes kept of what arrived last: more than any ErrorResponse that a server says goodbye with. */
const KEPT_LENGTH = 8_192;
const COPY_TAG = "COPY ";
/** More than that word, the longest number and a ReadyForQuery. */
const TAG_LENGTH = 36;

/**
 * Listens beside whoever reads. It keeps the end of what was received, and reads from it what the
 * driver drops: the transaction status after an answer, whether login ended, and the reason of a
 * FATAL end.
 */
export class Tap {
  #chunks: Buffer[] = [];
  #length = 0;
  /** True once the server said for the first time that it is ready: before that nothing can have run. */
  loggedIn = false;

  watch(socket: net.Socket, onClose: () => void): void {
    socket.on("data", (chunk: Buffer) => {
      this.#keep(chunk);
      if (!this.loggedIn && this.status() !== "?") this.loggedIn = true;
    });
    socket.on("close", onClose);
  }

  /** Drops the oldest chunks while the rest is enough. A network that drips gives many small ones. */
  #keep(chunk: Buffer): void {
    if (chunk.length >= KEPT_LENGTH) {
      this.#chunks = [chunk];
      this.#length = chunk.length;
      return;
    }
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length - this.#chunks[0]!.length >= KEPT_LENGTH) {
      this.#length -= this.#chunks.shift()!.length;
    }
  }

  /** Status byte of a ReadyForQuery that ends what was received; `?` if something else does. */
  status(): TransactionStatus {
    const tail = this.#tail(6);
    if (!tail || tail[tail.length - 6] !== READY || tail.readUInt32BE(tail.length - 5) !== 5)
      return "?";
    const status = String.fromCharCode(tail[tail.length - 1]!);
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
    return parseFatal(Buffer.concat(this.#chunks));
  }

  /** Rows of the COPY whose answer was the last thing received, as the server counted them. */
  copied(): number {
    const end = Buffer.concat(this.#chunks).subarray(-TAG_LENGTH).toString("latin1");
    const at = end.lastIndexOf(COPY_TAG);
    return at < 0 ? 0 : Number.parseInt(end.slice(at + COPY_TAG.length), 10);
  }

  #tail(bytes: number): Buffer | undefined {
    const last = this.#chunks.at(-1);
    if (last === undefined || last.length >= bytes) return last;
    const all = Buffer.concat(this.#chunks);
    return all.length >= bytes ? all : undefined;
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
    constraint_name: fields.get("n"),
    table_name: fields.get("t"),
  };
}
