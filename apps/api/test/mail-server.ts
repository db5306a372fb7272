import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A mail server on loopback that takes everything, or refuses every message. */
export interface MailServer {
  url: string;
  /** Messages as they came, the oldest first. */
  messages: string[];
  refuses: boolean;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const messages: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    let pending = "";
    let message: string[] | undefined;
    socket.write("220 loopback\r\n");
    const answer = (line: string): string | undefined => {
      if (message) {
        if (line !== ".") return void message.push(line.replace(/^\./, ""));
        messages.push(message.join("\n"));
        message = undefined;
        return "250 taken";
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "DATA") {
        message = [];
        return "354 go on";
      }
      if (verb === "RCPT" && mail.refuses) return "550 nobody is called so";
      return verb === "QUIT" ? "221 bye" : "250 fine";
    };
    socket.on("data", (chunk) => {
      const lines = (pending + chunk.toString()).split("\r\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        const told = answer(line);
        if (told !== undefined) socket.write(`${told}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const mail: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    refuses: false,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return mail;
}
