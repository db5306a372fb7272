/** For people whose program calls too often. */
export const TOO_MANY =
  "These are more calls than are taken within a minute; come back after the seconds of Retry-After.";
