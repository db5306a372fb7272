// Run as a process of its own, so that a test can kill the one who started the server.
// Arguments: function name, options as JSON, and optionally the uid to become.
import { startPostgres, startTemporaryPostgres } from "../src/index.ts";

const [, , name, options = "{}", uid] = process.argv;
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(uid));
  process.setuid?.(Number(uid));
}
process.on("message", () => void server.stop().then(() => process.disconnect?.()));
const server =
  name === "startTemporaryPostgres"
    ? await startTemporaryPostgres(JSON.parse(options))
    : await startPostgres(JSON.parse(options));
process.send?.({ ...server, exited: undefined, stop: undefined });
