// Preloaded into whatever must not outlive the process that started it: when that one is gone, however
// it ended and however early, this one leaves, and with it its whole process group. It also tells that
// one which port it was refused, which its exit code cannot.
import { channel } from "node:diagnostics_channel";

const GRACE_MS = 10_000;

// What the program starts in its turn would inherit this preload through its arguments. Its channel
// leads to the program, and is all that keeps the server of `next dev` alive.
const mine = process.execArgv.indexOf(import.meta.url);
if (mine > 0) process.execArgv.splice(mine - 1, 2);

function leave() {
  process.kill(-process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), GRACE_MS).unref();
}

if (process.connected) {
  process.channel?.unref();
  process.once("disconnect", leave);
  channel("tracing:net.server.listen:error").subscribe(({ error }) => {
    if (error.code === "EADDRINUSE" && process.connected) process.send({ takenPort: error.port });
  });
} else if (process.connected === false) {
  // It ended while this one was loading: nobody would say so again.
  process.exit(1);
}
