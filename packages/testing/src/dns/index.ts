import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";

/** What a name has. A name that is not in the zone does not exist. */
export interface DnsRecords {
  A?: string[];
  /** `[priority, exchange]`; an exchange of "" is the root, as in RFC 7505. */
  MX?: [priority: number, exchange: string][];
  /** Answered in the place of records. */
  fault?: "SERVFAIL" | "REFUSED";
  /** Asked and never answered. */
  isSilent?: boolean;
}

export interface DnsServer {
  /** `127.0.0.1:port`, over UDP. */
  address: string;
  /** Questions in order, such as "laden.example MX". */
  asked: string[];
  close(): Promise<void>;
}

const TYPES: Record<number, string> = { 1: "A", 15: "MX", 28: "AAAA" };
const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const IN = 1;
const TTL_SECONDS = 60;

/** A name server on loopback that knows these names only. @param options.port any free one unless told otherwise */
export async function startDns(
  zone: Record<string, DnsRecords>,
  { port = 0 }: { port?: number } = {},
): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => reply(socket, query, from, zone, asked));
  socket.bind(port, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        socket.close(() => resolve());
      }),
  };
}

function reply(
  socket: Socket,
  query: Buffer,
  from: RemoteInfo,
  zone: Record<string, DnsRecords>,
  asked: string[],
): void {
  const { name, end } = readName(query, 12);
  const type = TYPES[query.readUInt16BE(end)] ?? "other";
  asked.push(`${name} ${type}`);
  const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
  if (known?.isSilent) return;
  const answers = known === undefined || known.fault !== undefined ? [] : answersOf(known, type);
  const rcode = known === undefined ? RCODES.NXDOMAIN : known.fault ? RCODES[known.fault] : 0;
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // a response, with recursion desired and available
  header.writeUInt16BE(0x8180 | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers.length, 6);
  socket.send(
    Buffer.concat([header, query.subarray(12, end + 4), ...answers]),
    from.port,
    from.address,
  );
}

function answersOf(records: DnsRecords, type: string): Buffer[] {
  if (type === "A")
    return (records.A ?? []).map((address) =>
      record(1, Buffer.from(address.split(".").map(Number))),
    );
  if (type !== "MX") return [];
  return (records.MX ?? []).map(([priority, exchange]) => {
    const first = Buffer.alloc(2);
    first.writeUInt16BE(priority);
    return record(15, Buffer.concat([first, writeName(exchange)]));
  });
}

/** A resource record of the name that was asked for, which stands at byte 12. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(IN, 4);
  head.writeUInt32BE(TTL_SECONDS, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let place = start;
  for (let length = message[place] ?? 0; length > 0; length = message[place] ?? 0) {
    labels.push(message.toString("latin1", place + 1, place + 1 + length));
    place += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), end: place + 1 };
}

const writeName = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split(".")
      .filter((label) => label !== "")
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")])),
    Buffer.from([0]),
  ]);
