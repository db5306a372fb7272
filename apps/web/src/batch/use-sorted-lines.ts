"use client";

import { useEffect, useRef, useState } from "react";
import { NO_LINES, type LineGroups } from "./line-groups.ts";
import type { SortAnswer, SortRequest } from "./sort-lines.worker.ts";

const PAUSE_MS = 80;

/** The text's entries sorted by what will become of them; `settled` is false while the answer is of an older text. */
export const useSortedLines = (text: string): { groups: LineGroups; settled: boolean } => {
  const worker = useRef<Worker | null>(null);
  const version = useRef(0);
  const [answer, setAnswer] = useState<{ text: string; groups: LineGroups }>({
    text: "",
    groups: NO_LINES,
  });
  useEffect(() => () => worker.current?.terminate(), []);
  useEffect(() => {
    version.current += 1;
    const request: SortRequest = { version: version.current, text };
    if (text.trim() === "") return;
    const timer = setTimeout(() => {
      worker.current ??= new Worker(new URL("./sort-lines.worker.ts", import.meta.url), {
        type: "module",
      });
      worker.current.onmessage = ({ data }: MessageEvent<SortAnswer>) => {
        if (data.version === version.current) setAnswer({ text, groups: data.groups });
      };
      worker.current.postMessage(request);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  if (text.trim() === "") return { groups: NO_LINES, settled: true };
  return { groups: answer.groups, settled: answer.text === text };
};
