import { z } from "zod";
import { DomainError } from "../errors/domain-error.ts";

const LENGTH_MAX = 254;
const address = z.email().max(LENGTH_MAX);

/**
 * An e-mail address as it is kept and compared: without spaces around it, in lower case.
 * @throws DomainError INVALID_INPUT for what sign-in would refuse as an address
 */
export function readEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (address.safeParse(email).success) return email;
  throw new DomainError(
    "INVALID_INPUT",
    `"${text}" is no e-mail address. It looks like name@example.com.`,
  );
}
