import type { EmailKind } from "@scrapersky/outcome";
import { GIVEN_NAMES } from "./names.ts";
import { isRole } from "./roles.ts";

/** "a.muster", "muster.a": an initial and a name. */
const INITIAL = /^\p{L}[._-]\p{L}{3,}$|^\p{L}{3,}\.\p{L}$/u;

/** What kind of mailbox it is, as far as its name, or a person named beside it, tells. @param local lower case, NFC */
export function emailKindOf(local: string, isNamed: boolean): EmailKind {
  if (isNamed) return "person";
  if (isRole(local)) return "role";
  const [first = ""] = /^\p{L}+/u.exec(local.normalize("NFD").replace(/\p{M}/gu, "")) ?? [];
  return GIVEN_NAMES.has(first) || INITIAL.test(local) ? "person" : "other";
}
