/** Where samples call, until somebody says which service. */
export const REFERENCE_ORIGIN = "$SCRAPERSKY_URL";

/** A field of a call, in words. */
export interface ReferenceField {
  name: string;
  /** Where REST has it: `path`, `query`, `body` or `header`. */
  place: string | null;
  /** What it holds, with its limits. */
  is: string;
  /** What stands in its place where it is left out, as JSON; null where nothing does. */
  byDefault: string | null;
  isRequired: boolean;
  note: string | null;
}

/** An answer other than the one that a caller hopes for. */
export interface ReferenceRefusal {
  status: string;
  note: string;
  /** Its words for people and for programs. */
  message: string | null;
  code: string | null;
}

/** A route of REST or a procedure, as the reference tells of it. */
export interface ReferenceCall {
  /** Of its section. */
  id: string;
  /** Such as `GET` or `mutation`. */
  verb: string;
  /** Such as `/api/v3/jobs` or `jobs.retry`. */
  path: string;
  title: string;
  text: string;
  fields: ReferenceField[];
  samples: { curl: string; typescript: string };
  /** An answer as JSON; null where its types tell it. */
  answer: string | null;
  headers: { name: string; note: string }[];
  refusals: ReferenceRefusal[];
  /** Each form of a refusal once, with the statuses that have it. */
  forms: { statuses: string[]; example: string }[];
}

/** The calls of one noun. */
export interface ReferencePart {
  name: string;
  text: string | null;
  calls: ReferenceCall[];
}

/** Everything that programs may call. */
export type Reference = Record<"rest" | "procedures", ReferencePart[]>;
