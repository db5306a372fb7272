import { readList, sortLines } from "@scrapersky/api/intake";
import { groupLines, type LineGroups } from "./line-groups.ts";

export interface SortRequest {
  version: number;
  text: string;
}

export interface SortAnswer {
  version: number;
  groups: LineGroups;
}

// In a worker of its own: the public suffix list stays out of the page, and 100,000 lines do not stop the typing.
addEventListener("message", ({ data }: MessageEvent<SortRequest>) => {
  const answer: SortAnswer = {
    version: data.version,
    groups: groupLines(sortLines(readList(data.text).lines)),
  };
  postMessage(answer);
});
