import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";

/** A body that is a JSON object and says so; undefined for anything else. */
export async function readJsonObject(
  c: Context<AppEnv>,
): Promise<Record<string, unknown> | undefined> {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return undefined;
  try {
    const sent: unknown = JSON.parse(await c.req.text());
    if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return undefined;
    return sent as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A field that should be a text; anything else counts as an empty one. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
