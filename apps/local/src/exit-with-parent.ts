// Preloaded into every child: when the supervisor is gone, however it ended, the child leaves too.
const GRACE_MS = 10_000;

if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
}
