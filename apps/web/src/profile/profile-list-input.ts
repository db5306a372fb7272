import type { ProfileListInput } from "@scrapersky/api/contract";
import { CURSOR_LENGTH_MAX, LIST_LIMIT_DEFAULT } from "@scrapersky/api/wire";
import { readText } from "#list/address-values.ts";

/** The question an address of the profiles list asks. */
export const profileListInputOf = (params: URLSearchParams): ProfileListInput => {
  const active = params.get("active");
  return {
    limit: LIST_LIMIT_DEFAULT,
    ...(active === "yes" ? { active: true } : active === "no" ? { active: false } : {}),
    cursor: readText(params, "cursor", CURSOR_LENGTH_MAX),
  };
};
