import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../src/env.ts";

/** The lines that a page tells people to type, in its order, without what is said about them and without settings. */
export async function readCommands(page: string): Promise<string[]> {
  const commands: string[] = [];
  let isShell = false;
  for (const line of (await readFile(join(root, page), "utf8")).split("\n")) {
    if (line.startsWith("```")) isShell = !isShell && line === "```sh";
    else if (isShell) commands.push(line.replace(/\s+#.*$/, ""));
  }
  return commands.filter((command) => !command.startsWith("export "));
}

/** The proof of a release types them where systemd runs: all of the runbook, and the blocks of "As services of systemd". */
export const NEEDS_SYSTEMD = /^(systemctl|journalctl) /;

/** Lines that run in another test, and there this text: a part of the call. */
export const RUN_ELSEWHERE: Record<string, { where: string; text: string }> = Object.fromEntries(
  (
    [
      ["npm start", "apps/local/test/stack.test.ts", "startCommand(dataDir, settings)"],
      ["npm run turbo -- build", "apps/local/src/test-all.ts", "buildApps)"],
      ["npm run db -- adopt", "apps/cli/test/db/adopt.test.ts", 'runCommand(["adopt"'],
      ["npm run db -- adopt --out adopt.sql", "apps/cli/test/db/adopt.test.ts", '"--out", out)'],
      ["npm run db -- adopt --apply", "apps/cli/test/db/adopt.test.ts", '"--apply")'],
      ...(
        [
          ["sha256sum --check scrapersky-VERSION-linux-x64.tar.gz.sha256", '"--check"'],
          ["tar -xzf scrapersky-VERSION-linux-x64.tar.gz", '"-xzf"'],
          ["scrapersky-VERSION-linux-x64/bin/scrapersky all", '["all"]'],
          ["bin/scrapersky migrate", '["migrate"]'],
          ['bin/scrapersky staff tenant create "Your company"', '["staff", "tenant", "create"'],
          [
            "bin/scrapersky staff add you@example.com --tenant your-company --role owner",
            '["add", OWNER, "--tenant", TENANT, "--role", "owner"',
          ],
          ["bin/scrapersky api", '["api"]'],
          ["bin/scrapersky worker", '["worker"]'],
          ["bin/scrapersky web", '["web"]'],
        ] as const
      ).map(([command, text]) => [command, "apps/local/src/release/proof.ts", text] as const),
      ...[
        "useradd --system --shell /usr/sbin/nologin scrapersky",
        "mkdir -p /opt/scrapersky",
        "tar -xzf scrapersky-VERSION-linux-x64.tar.gz --directory /opt/scrapersky",
        "ln -sfn scrapersky-VERSION-linux-x64 /opt/scrapersky/current",
        "install -m 0600 -D /opt/scrapersky/current/deploy/systemd/scrapersky.env.example /etc/scrapersky/scrapersky.env",
        "cp /opt/scrapersky/current/deploy/systemd/scrapersky*.service /opt/scrapersky/current/deploy/systemd/scrapersky.target /etc/systemd/system/",
        "set -a; . /etc/scrapersky/scrapersky.env; set +a",
        '/opt/scrapersky/current/bin/scrapersky staff tenant create "Your company"',
        "/opt/scrapersky/current/bin/scrapersky staff add you@example.com --tenant your-company --role owner",
      ].map(
        (command) =>
          [
            command,
            "apps/local/src/release/prove-units.ts",
            '"### As services of systemd"',
          ] as const,
      ),
    ] as const
  ).map(([command, where, text]) => [command, { where, text }]),
);
