// Preloaded into every child: when the supervisor is gone, however it ended, the child leaves too,
// and with it its whole process group.
const GRACE_MS = 10_000;

// What the child starts in its turn would inherit this preload through its arguments. Its channel
// leads to the child, and is all that keeps the server of `next dev` alive.
const mine = process.execArgv.indexOf(import.meta.url);
if (mine > 0) process.execArgv.splice(mine - 1, 2);

if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    process.kill(-process.pid, "SIGTERM");
    setTimeout(() => process.kill(-process.pid, "SIGKILL"), GRACE_MS).unref();
  });
}
