// What a person sees while something is under way: one line per step, and a sign of life at least
// every ten seconds. Plain JavaScript: it runs before any package is installed.

const HEARTBEAT_MS = 10_000;
const ANNOUNCE_MS = 2_000;

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Numbered steps on one stream.
 * @param {{ total: number, write?: (line: string) => void }} options
 */
export function createProgress({ total, write = (line) => process.stdout.write(`${line}\n`) }) {
  return {
    write,
    /**
     * Runs one step and says how it went; a step of more than two seconds is announced first.
     * @template T
     * @param {{ number: number, name: string, doing: string }} step
     * @param {(report: { note: (text: string) => void, said: (text: string) => void }) => Promise<T>} work
     *   `note` replaces the text of the closing line, `said` the text of the next sign of life.
     * @returns {Promise<T>}
     */
    async run({ number, name, doing }, work) {
      const began = Date.now();
      const head = `  ${number}/${total}  ${name.padEnd(11)} `;
      let result = "done";
      let latest = "";
      const beat = () => {
        const detail = latest === "" ? "" : `: ${latest.slice(0, 80)}`;
        write(
          `${" ".repeat(head.length)}still ${doing.replace(/,.*/, "")}, ${seconds(Date.now() - began)}${detail}`,
        );
      };
      const announce = setTimeout(() => write(`${head}${doing} …`), ANNOUNCE_MS);
      const heartbeat = setInterval(beat, HEARTBEAT_MS);
      try {
        const value = await work({
          note: (text) => (result = text),
          said: (text) => (latest = text),
        });
        write(`${head}${result} (${seconds(Date.now() - began)})`);
        return value;
      } finally {
        clearTimeout(announce);
        clearInterval(heartbeat);
      }
    },
  };
}
