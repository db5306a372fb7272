import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** "+12077754120" as it is written down: "+1 207 775 4120". What is no number stays as it is. */
export const readablePhone = (number: string): string =>
  parsePhoneNumberFromString(number)?.formatInternational() ?? number;
