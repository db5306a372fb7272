import { clear, createStore, del, get, set, type UseStore } from "idb-keyval";

// Files of drafts are too large for the browser's store of texts; its database takes them as they are.
let opened: UseStore | undefined;
const store = (): UseStore => (opened ??= createStore("scrapersky-drafts", "files"));

/** A browser that keeps nothing is no fault: files then live as long as the page. */
const ifKept = async <T>(action: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await action();
  } catch {
    return undefined;
  }
};

/** Keeps a file for the next visit. */
export const keepFile = (id: string, content: Blob): Promise<void> =>
  ifKept(() => set(id, content, store()));

/** The content of a kept file; undefined when the browser has none. */
export const findKeptFile = (id: string): Promise<Blob | undefined> =>
  ifKept(() => get<Blob>(id, store()));

export const forgetFile = (id: string): Promise<void> => ifKept(() => del(id, store()));

/** Forgets the files of everybody's drafts. */
export const forgetAllFiles = (): Promise<void> => ifKept(() => clear(store()));
