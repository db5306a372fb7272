/** Contender: the least a crawler can do. undici and gunzip, no parsing, the addresses known beforehand. */
import { gunzipSync } from "node:zlib";
import { Agent, buildConnector } from "undici";
import { type Contender, contend } from "./contender.ts";

const PATHS = [
  "/",
  "/about",
  "/services",
  "/contact",
  "/privacy",
  "/article-5",
  "/article-6",
  "/article-7",
];

const contender: Contender = async ({ names, allow, pages, concurrency }) => {
  const open = buildConnector({ allowH2: false });
  const agent = new Agent({
    connections: 1,
    connect: (target, done) => {
      const [host = "", port = ""] = allow.hosts[target.hostname]?.http?.split(":") ?? [];
      open({ ...target, hostname: host, port }, done);
    },
  });
  let next = 0;
  let count = 0;
  let bytes = 0;
  const worker = async () => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      for (const path of PATHS.slice(0, pages)) {
        const { statusCode, body } = await agent.request({
          origin: `http://${name}`,
          path,
          method: "GET",
          headers: { "accept-encoding": "gzip" },
        });
        const html = gunzipSync(Buffer.from(await body.arrayBuffer()));
        if (statusCode !== 200) throw new Error(`${name}${path} answered ${statusCode}`);
        bytes += html.length;
        count++;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (bytes === 0) throw new Error("nothing was read");
  return { pages: count };
};

await contend(contender);
