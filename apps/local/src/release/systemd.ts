// systemd as the first process of namespaces of its own, in a root that has it: what a machine does that boots it.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { waitFor } from "@scrapersky/machine";
import { check } from "./bare.ts";

const READY_MS = 60_000;
const ALONE = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "--kill-child", "--"];
const INSIDE = ["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--root", "--wd"];

/** As a container's manager does it; a machine has groups of processes in one tree, or systemd's beside others. */
const BOOT = `set -e
mount --bind "$0" "$0"
cd "$0"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
if grep -q name=systemd /proc/self/cgroup; then
  mount -t tmpfs tmpfs sys/fs/cgroup
  mkdir sys/fs/cgroup/systemd
  mount -t cgroup -o none,name=systemd,xattr cgroup sys/fs/cgroup/systemd
else
  mount -t cgroup2 cgroup2 sys/fs/cgroup
fi
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=1777 tmpfs dev/shm
pivot_root . mnt
exec env -i container=scrapersky PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /bin/sh -c "umount --lazy /mnt && exec /lib/systemd/systemd --show-status=no"`;

export interface Booted {
  /** A line typed by root there, in /opt. */
  type(line: string): Promise<{ isWell: boolean; said: string }>;
  /** The same, which has to end well: what it said. */
  run(line: string): Promise<string>;
  stop(): Promise<void>;
}

export async function bootSystemd(place: string): Promise<Booted> {
  const child = spawn("unshare", [...ALONE, "/bin/sh", "-c", BOOT, place], { stdio: "inherit" });
  const ended = once(child, "close");
  const findFirst = (): string =>
    readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim();
  const type: Booted["type"] = async (line) => {
    const into = ["--target", findFirst(), ...INSIDE, "/bin/sh", "-ec", `cd /opt && ${line}`];
    return promisify(execFile)("nsenter", into).then(
      ({ stdout }) => ({ isWell: true, said: stdout }),
      (error: { stdout?: string; stderr?: string }) => ({
        isWell: false,
        said: `${error.stdout ?? ""}${error.stderr ?? String(error)}`,
      }),
    );
  };
  const isUp = async () =>
    /^(running|degraded)$/m.test((await type("systemctl is-system-running")).said);
  check("systemd runs", await waitFor(isUp, READY_MS, 200));
  return {
    type,
    async run(line) {
      const { isWell, said } = await type(line);
      check(line, isWell, said);
      return said;
    },
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
