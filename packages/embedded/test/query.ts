import { connect } from "node:net";

interface Address {
  host: string;
  port: number;
  user: string;
  database: string;
}

/**
 * Runs one statement over the plain wire protocol and answers its rows as text: this package has
 * no driver, and must not gain one for its tests.
 */
export function query(address: Address, sql: string): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const socket = connect(address.port, address.host);
    const rows: string[][] = [];
    let buffer = Buffer.alloc(0);
    let asked = false;
    socket.on("connect", () => {
      const fields = `user\0${address.user}\0database\0${address.database}\0\0`;
      const version = Buffer.from([0, 3, 0, 0]);
      socket.write(withLength(Buffer.concat([version, Buffer.from(fields)])));
    });
    socket.on("data", (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      while (buffer.length >= 5 && buffer.length > buffer.readUInt32BE(1)) {
        const end = 1 + buffer.readUInt32BE(1);
        const kind = String.fromCharCode(buffer[0] ?? 0);
        const body = buffer.subarray(5, end);
        buffer = buffer.subarray(end);
        if (kind === "E") {
          socket.destroy();
          reject(new Error(body.toString("utf8").replaceAll("\0", " ")));
        } else if (kind === "R" && body.readUInt32BE(0) !== 0) {
          socket.destroy();
          reject(new Error("the server asks for a password"));
        } else if (kind === "D") {
          rows.push(readRow(body));
        } else if (kind === "Z" && !asked) {
          asked = true;
          socket.write(Buffer.concat([Buffer.from("Q"), withLength(Buffer.from(`${sql}\0`))]));
        } else if (kind === "Z") {
          socket.end(Buffer.concat([Buffer.from("X"), withLength(Buffer.alloc(0))]));
          resolve(rows);
        }
      }
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed the connection")));
  });
}

function withLength(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

function readRow(body: Buffer): string[] {
  const values: string[] = [];
  let at = 2;
  for (let column = 0; column < body.readUInt16BE(0); column++) {
    const length = Math.max(body.readInt32BE(at), 0);
    values.push(body.toString("utf8", at + 4, at + 4 + length));
    at += 4 + length;
  }
  return values;
}
