import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

// The parts of the PostgreSQL protocol, version 3, that a pooler has to speak.

export interface Message {
  type: string;
  body: Buffer;
  /** The message as it came. */
  raw: Buffer;
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Message[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    while (this.#rest.length >= 5) {
      const length = 1 + this.#rest.readUInt32BE(1);
      if (this.#rest.length < length) break;
      const raw = this.#rest.subarray(0, length);
      messages.push({ type: String.fromCharCode(raw[0]!), body: raw.subarray(5), raw });
      this.#rest = this.#rest.subarray(length);
    }
    return messages;
  }
}

export function message(type: string, ...parts: (Buffer | string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === "number" ? int32(part) : Buffer.from(part))),
  );
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export const readyForQuery = (status: "I" | "T" | "E"): Buffer => message("Z", status);

export const fatal = (sqlstate: string, text: string): Buffer =>
  message("E", `SFATAL\0VFATAL\0C${sqlstate}\0M${text}\0\0`);

/** A packet without a type: a start-up, a cancel request or a wish for TLS. */
export const untyped = (code: number, body: Buffer | string = ""): Buffer =>
  Buffer.concat([int32(8 + Buffer.byteLength(body)), int32(code), Buffer.from(body)]);

export const PROTOCOL_3 = 196_608;
export const CANCEL_REQUEST = 80_877_102;
export const SSL_REQUEST = 80_877_103;

/** Names and values of a start-up packet's body. */
export function startupParameters(body: Buffer): Map<string, string> {
  const words = body.toString("utf8").split("\0");
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < words.length && words[at] !== ""; at += 2) {
    found.set(words[at]!, words[at + 1]!);
  }
  return found;
}

const ITERATIONS = 4_096;

/** The server's side of SCRAM-SHA-256, without channel binding, for one login. */
export class ScramServer {
  readonly #password: string;
  readonly #salt = randomBytes(16);
  #first = "";

  constructor(password: string) {
    this.#password = password;
  }

  /** Answers the client's first message. */
  challenge(initial: string): string {
    const bare = initial.slice(initial.indexOf("n=", 3));
    const nonce = `${/r=([^,]*)/.exec(bare)?.[1]}${randomBytes(18).toString("base64")}`;
    const answer = `r=${nonce},s=${this.#salt.toString("base64")},i=${ITERATIONS}`;
    this.#first = `${bare},${answer}`;
    return answer;
  }

  /** The server's signature, or undefined when the password was wrong. */
  verify(final: string): string | undefined {
    const withoutProof = final.slice(0, final.indexOf(",p="));
    const proof = Buffer.from(final.slice(final.indexOf(",p=") + 3), "base64");
    const signed = `${this.#first},${withoutProof}`;
    const salted = pbkdf2Sync(this.#password, this.#salt, ITERATIONS, 32, "sha256");
    const clientKey = hmac(salted, "Client Key");
    const signature = hmac(createHash("sha256").update(clientKey).digest(), signed);
    const expected = clientKey.map((byte, at) => byte ^ signature[at]!);
    if (!proof.equals(expected)) return undefined;
    return `v=${hmac(hmac(salted, "Server Key"), signed).toString("base64")}`;
  }
}

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
