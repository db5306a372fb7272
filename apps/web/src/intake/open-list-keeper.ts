import { wrap, type Remote } from "comlink";
import type { ListKeeper } from "./list-keeper.ts";

export type RemoteKeeper = Remote<ListKeeper>;

/** Starts the worker that holds a list; `close` ends it. */
export const openListKeeper = (
  onFault: () => void,
): { keeper: RemoteKeeper; close: () => void } => {
  const worker = new Worker(new URL("./list-keeper.worker.ts", import.meta.url), {
    type: "module",
  });
  worker.addEventListener("error", onFault);
  return { keeper: wrap<ListKeeper>(worker), close: () => worker.terminate() };
};
