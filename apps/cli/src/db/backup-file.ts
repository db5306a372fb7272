import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, createGzip } from "node:zlib";

/**
 * Writes a file that is there when it is whole, and readable by its owner only: it holds what people's passwords are checked with.
 * @throws Error when the file is there already
 */
export async function writePacked<T>(
  path: string,
  work: (write: (piece: Buffer | string) => Promise<void>) => Promise<T>,
): Promise<T> {
  // Nobody else's file: one that is there is never written over.
  const claimed = await open(path, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST"
      ? new Error(`${path} is there already: choose another --out`)
      : error;
  });
  await claimed.close();
  const partial = `${path}.part`;
  try {
    const pack = createGzip({ level: constants.Z_BEST_SPEED });
    const written = pipeline(pack, createWriteStream(partial, { mode: 0o600, flush: true }));
    // A full disk is told by the next piece, or at the end.
    written.catch((error: Error) => pack.destroy(error));
    const result = await work(async (piece) => {
      if (pack.destroyed) await written;
      else if (!pack.write(piece)) await once(pack, "drain");
    });
    pack.end();
    await written;
    await rename(partial, path);
    return result;
  } catch (error) {
    await Promise.all([rm(partial, { force: true }), rm(path, { force: true })]);
    throw error;
  }
}

/** Lines of a packed text. Only LF ends one: other characters that end lines elsewhere are part of values. */
export async function* readPackedLines(path: string): AsyncGenerator<string> {
  const unpack = createGunzip();
  const source = createReadStream(path);
  source.once("error", (error) => unpack.destroy(error));
  const text = source.pipe(unpack).setEncoding("utf8");
  let rest = "";
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
