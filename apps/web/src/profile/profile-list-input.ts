import type { ProfileListInput } from "@scrapersky/api/contract";
import { readText } from "#list/address-values.ts";

const CURSOR_LENGTH_MAX = 500;
const LIMIT = 50;

/** The question an address of the profiles list asks. */
export const profileListInputOf = (params: URLSearchParams): ProfileListInput => {
  const active = params.get("active");
  return {
    limit: LIMIT,
    ...(active === "yes" ? { active: true } : active === "no" ? { active: false } : {}),
    cursor: readText(params, "cursor", CURSOR_LENGTH_MAX),
  };
};
