import { expect, test } from "vitest";
import { readablePhone } from "./readable-phone.ts";

test.each([
  ["+12077754120", "+1 207 775 4120"],
  ["+498619094170", "+49 861 9094170"],
  ["+34954220148", "+34 954 22 01 48"],
  ["call us", "call us"],
  ["", ""],
])("%j is written %j", (number, written) => expect(readablePhone(number)).toBe(written));
