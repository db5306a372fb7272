/**
 * The fake sites as a process of their own: `node main.ts --allow-file FILE [--generate COUNT] [--pages N] [--latency MS] [--tls] [--all]`.
 * Writes the allow-list, prints one ready line of JSON and ends on SIGTERM or when its parent's channel or input closes.
 */
import { fstatSync } from "node:fs";
import { parseArgs } from "node:util";
import { catalogue, gatherSites, generateSites, pathsOfPages, startSites } from "./index.ts";

const { values } = parseArgs({
  options: {
    "allow-file": { type: "string" },
    generate: { type: "string" },
    pages: { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
    latency: { type: "string", default: "0" },
    /** Generated sites answer over TLS alone. */
    tls: { type: "boolean", default: false },
    /** Also the sites only tests should visit. */
    all: { type: "boolean", default: false },
  },
});
const allowFile = values["allow-file"];
if (allowFile === undefined) {
  console.error("Say where to write the allow-list: --allow-file FILE");
  process.exit(2);
}

const sites =
  values.generate === undefined
    ? catalogue().filter((site) => values.all || site.presentable)
    : generateSites({
        count: Number(values.generate),
        pages: Number(values.pages),
        seed: Number(values.seed),
        tls: values.tls,
      });
/** For crawlers that are at one site at a time. */
const gathered =
  values.generate === undefined ? [] : [gatherSites(sites, pathsOfPages(Number(values.pages)))];
const started = await startSites({
  sites: [...sites, ...gathered],
  latencyMs: Number(values.latency),
});
started.writeAllowFile(allowFile);

const stop = () => {
  void started.close().then(() => process.exit(0));
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
if (process.channel) process.once("disconnect", stop);
else if (fstatSync(0).isFIFO() || fstatSync(0).isSocket()) process.stdin.once("end", stop).resume();

console.log(JSON.stringify({ ready: true, allowFile, names: sites.map((site) => site.name) }));
