const MEGABYTE = 1024 * 1024;

/** What a request may carry at most: tRPC and REST read bodies whole. */
export const BODY_BYTES_MAX = 5 * MEGABYTE;

/** The same for people. */
export const BODY_BYTES_WORDS = `${BODY_BYTES_MAX / MEGABYTE} MB`;

export const BODY_TOO_LARGE =
  `The request is larger than ${BODY_BYTES_WORDS}: ` +
  "send less at once, such as a long list of domains as several batches.";
