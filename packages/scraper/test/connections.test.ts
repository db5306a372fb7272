import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { scrape } from "../src/index.ts";
import { done, QUICK } from "./visit-site.ts";

const PAGE = `<title>Laden</title>${["a", "b", "c"].map((path) => `<a href="/${path}">${path}</a>`).join("")}`;
const answerOf = (path: string, more = "", behind = ""): string => {
  const isPage = /^\/[abc]?$/.test(path);
  const body = isPage ? PAGE.replace("Laden", path) : "";
  return `HTTP/1.1 ${isPage ? 200 : 404} OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}${behind}`;
};

/** Visits a server that speaks for itself: told of each request over which connection it came, and the how-manieth there. */
async function visit(answer: (socket: Socket, path: string, nth: number) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let nth = 0;
    socket.on("error", () => {});
    socket.on("data", (head) => {
      const [, path = ""] =
        /^GET (\S+) HTTP\/1\.1\r\nhost: one\.example\r\n/.exec(String(head)) ?? [];
      answer(socket, path, nth++);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const hosts = { "one.example": { http: `127.0.0.1:${port}`, https: "127.0.0.1:1" } };
    const outcome = await scrape("one.example", { maxPages: 4, allow: { hosts }, limits: QUICK });
    const titles = done(outcome).pages.map(({ title }) => title);
    return { titles: titles.toSorted(), connections: sockets.size };
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const ALL = ["/", "/a", "/b", "/c"];

test("a visit asks for everything over one connection", async () => {
  const seen = await visit((socket, path) => void socket.write(answerOf(path)));
  expect(seen).toEqual({ titles: ALL, connections: 1 });
});

test("chunks that end leave the connection open", async () => {
  const seen = await visit((socket, path) => {
    const [head = "", body = ""] = answerOf(path).split("\r\n\r\n");
    const chunk = body === "" ? "" : `${body.length.toString(16)}\r\n${body}\r\n`;
    socket.write(
      `${head.replace(/Content-Length: \d+/, "Transfer-Encoding: chunked")}\r\n\r\n${chunk}0\r\n\r\n`,
    );
  });
  expect(seen).toEqual({ titles: ALL, connections: 1 });
});

test("a connection that its server ends while the next request is on its way costs no page", async () => {
  const seen = await visit((socket, path, nth) => {
    if (nth > 0) socket.destroy();
    else socket.write(answerOf(path));
  });
  expect(seen.titles).toEqual(ALL);
});

test.for([
  { what: "says that it ends", more: "Connection: close\r\n", behind: "" },
  { what: "ends before anybody could ask again", more: "Keep-Alive: timeout=1\r\n", behind: "" },
  { what: "holds more than its answer", more: "", behind: "HTTP/1.1 200 OK\r\n\r\nsmuggled" },
])("a connection that $what is not asked again", async ({ more, behind }) => {
  const nths: number[] = [];
  const seen = await visit((socket, path, nth) => {
    nths.push(nth);
    socket.write(answerOf(path, more, behind));
  });
  expect(seen.titles).toEqual(ALL);
  expect(new Set(nths)).toEqual(new Set([0]));
});
