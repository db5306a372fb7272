// Which stack of `npm start` holds a data folder: one at a time.
import { findHolder, takeLock } from "./lock.mjs";

const NAME = "stack";

export const takeStack = (dataDir) => takeLock(dataDir, NAME);

export const findStack = (dataDir) => findHolder(dataDir, NAME);
