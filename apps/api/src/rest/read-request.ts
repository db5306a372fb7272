import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { type Complaint, RequestProblem } from "./legacy-error.ts";

/** Bounds of a whole number. */
interface Bounds {
  min: number;
  max: number;
}

/**
 * The body as an object, whatever its content type says: the first system's clients do not all name it.
 * @throws RequestProblem `json_invalid`, `model_attributes_type`
 */
export async function readJsonObject(c: Context<AppEnv>): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RequestProblem([
      { loc: ["body", 1], msg: "JSON decode error", type: "json_invalid" },
    ]);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestProblem([
      { loc: ["body"], msg: "Input should be a valid dictionary", type: "model_attributes_type" },
    ]);
  }
  return body as Record<string, unknown>;
}

/** Collects complaints while a request is read, so that one answer tells all of them. */
export class RequestReader {
  readonly #complaints: Complaint[] = [];

  complain(loc: (string | number)[], msg: string, type: string): void {
    this.#complaints.push({ loc, msg, type });
  }

  /** A whole number within bounds; `"5"` is 5, absent or null is the default. */
  integer(value: unknown, loc: (string | number)[], { min, max }: Bounds): number | undefined {
    if (value === undefined || value === null) return undefined;
    const number =
      typeof value === "string" && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) {
      this.complain(loc, "Input should be a valid integer", "int_parsing");
      return undefined;
    }
    if (number < min)
      this.complain(loc, `Input should be greater than or equal to ${min}`, "greater_than_equal");
    else if (number > max)
      this.complain(loc, `Input should be less than or equal to ${max}`, "less_than_equal");
    else return number;
    return undefined;
  }

  /** A list of strings. */
  strings(value: unknown, loc: (string | number)[], max: number, lengthMax: number): string[] {
    if (value === undefined) {
      this.complain(loc, "Field required", "missing");
      return [];
    }
    if (!Array.isArray(value)) {
      this.complain(loc, "Input should be a valid list", "list_type");
      return [];
    }
    if (value.length > max) {
      this.complain(loc, `List should have at most ${max} items, not ${value.length}`, "too_long");
      return [];
    }
    const wrong = value.findIndex((item) => typeof item !== "string");
    if (wrong >= 0) this.complain([...loc, wrong], "Input should be a valid string", "string_type");
    const long = value.findIndex((item) => typeof item === "string" && item.length > lengthMax);
    if (long >= 0) {
      this.complain(
        [...loc, long],
        `String should have at most ${lengthMax} characters`,
        "string_too_long",
      );
    }
    return value.filter((item): item is string => typeof item === "string");
  }

  /** @throws RequestProblem with everything that was wrong */
  check(): void {
    if (this.#complaints.length > 0) throw new RequestProblem(this.#complaints);
  }
}
