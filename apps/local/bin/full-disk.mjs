// A full disk makes every part say something else, some of it alarming. A person is told the one thing.
import { statfsSync } from "node:fs";

const SIGNS =
  /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|disk full|out of disk|Check free disk space/i;
const FREE_BYTES_MIN = 1024 ** 2;

/** Bytes that are free for this account; undefined where that cannot be told. */
function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/**
 * The sentence in the place of what went wrong, when that was for want of room in one of the folders;
 * else what went wrong as it is.
 * @param {string} problem @param {string[]} folders @returns {string}
 */
export function explainFullDisk(problem, folders) {
  const measured = folders
    .map((folder) => ({ folder, free: freeBytes(folder) }))
    .filter(({ free }) => free !== undefined)
    .toSorted((a, b) => a.free - b.free);
  const [fullest] = measured;
  const isFull = fullest !== undefined && fullest.free < FREE_BYTES_MIN;
  if (!isFull && !SIGNS.test(problem)) return problem;
  const folder = fullest?.folder ?? folders[0];
  const left = fullest === undefined ? "" : `${Math.floor(fullest.free / 1024 ** 2)} MB are free, `;
  return `The disk of ${folder} is full (${left}half a gigabyte is needed): make room and start again.`;
}
