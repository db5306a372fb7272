/** Contender: the least a crawler can do. undici and gunzip, no parsing, the addresses known beforehand. */
import { gunzipSync } from "node:zlib";
import { pathsOfPages } from "@scrapersky/testing/sites";
import { Agent, buildConnector } from "undici";
import { atOnce, contend, type Contender, placeOf } from "./contender.ts";

const contender: Contender = async (names, course, sink) => {
  const { ca } = course.allow;
  const open = buildConnector({ allowH2: false, ...(ca === undefined ? {} : { ca }) });
  const agent = new Agent({
    connections: 1,
    connect: (target, done) => {
      const { host, port } = placeOf(course, target.hostname);
      open({ ...target, hostname: host, port, servername: target.hostname }, done);
    },
  });
  const paths = pathsOfPages(course.pages);
  await atOnce(names, course.concurrency, async (name) => {
    for (const path of paths) {
      const { statusCode, body } = await agent.request({
        origin: `${course.tls ? "https" : "http"}://${name}`,
        path,
        method: "GET",
        headers: { "accept-encoding": "gzip" },
      });
      const html = gunzipSync(Buffer.from(await body.arrayBuffer()));
      if (statusCode !== 200) throw new Error(`${name}${path} answered ${statusCode}`);
      sink.page(name, path, { bytes: html.length });
    }
  });
  await agent.destroy();
};

await contend(contender);
