/**
 * Program: a TCP proxy on loopback that holds every answer back: `node delay-proxy.ts TARGET_PORT DELAY_MS`. Asked
 * anything, it tells how often a client spoke after its server had since it was last asked, logins left out.
 */
import net from "node:net";
import { once } from "node:events";
import { serve } from "./programs.ts";

const [targetPort = 0, delayMs = 0] = process.argv.slice(2).map(Number);
let flights = 0;

const server = net.createServer({ noDelay: true }, (client) => {
  const upstream = net.connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
  let answered = false;
  client.on("data", (chunk: Buffer) => {
    // Whatever is written before an answer comes is one flight.
    if (answered) flights++;
    answered = false;
    upstream.write(chunk);
  });
  upstream.on("data", (chunk: Buffer) => {
    answered = true;
    if (delayMs === 0) client.write(chunk);
    else setTimeout(() => client.writable && client.write(chunk), delayMs);
  });
  client.on("error", () => client.destroy());
  upstream.on("error", () => client.destroy());
  client.on("close", () => upstream.destroy());
  upstream.on("close", () => client.end());
});
server.listen(0, "127.0.0.1");
await once(server, "listening");

serve({ port: (server.address() as net.AddressInfo).port }, () => {
  const count = flights;
  flights = 0;
  return count;
});
