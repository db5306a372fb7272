import { rm } from "node:fs/promises";
import { join } from "node:path";
import { packClient } from "./pack-client.ts";

const folder = join(import.meta.dirname, "../dist");
await rm(folder, { recursive: true, force: true });
console.log(await packClient(folder));
