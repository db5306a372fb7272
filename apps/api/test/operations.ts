import { createV3Document } from "../src/rest/v3-document.ts";

interface Answer {
  content?: { "application/json": { example: unknown } };
}

export interface Operation {
  operationId: string;
  method: string;
  path: string;
  parameters?: { name: string; in: "path" | "query" | "header" }[];
  responses: Record<string, Answer>;
}

export const document = createV3Document();

/** Everything the document says can be asked. */
export const OPERATIONS: readonly Operation[] = Object.entries(document.paths ?? {}).flatMap(
  ([path, item]) =>
    Object.entries(item as Record<string, Omit<Operation, "path" | "method">>).map(
      ([method, operation]) => ({ ...operation, method, path }),
    ),
);
