const MEGABYTE = 1024 * 1024;

/** What a request may carry at most: tRPC and REST read bodies whole. */
export const BODY_BYTES_MAX = 5 * MEGABYTE;

/** The same of a call that brings a list with its columns. */
export const LIST_BYTES_MAX = 20 * MEGABYTE;
/** Of a body that is refused, so much is read before the answer, and for so long. */
export const DROPPED_BYTES_MAX = 64 * MEGABYTE;
export const DROPPING_MS_MAX = 10_000;

/** Paths of such calls, alone or among others of one request. */
export const BRINGS_LIST = /^\/api\/trpc\/(?:[^/]*,)?batches\.(?:create|append)(?:,|$)/;

/** The same for people. */
export const BODY_BYTES_WORDS = `${BODY_BYTES_MAX / MEGABYTE} MB`;

export const LIST_TOO_LARGE = `The list is larger than ${LIST_BYTES_MAX / MEGABYTE} MB: send it as several batches, or leave out columns.`;

export const BODY_TOO_LARGE =
  `The request is larger than ${BODY_BYTES_WORDS}: ` +
  "send less at once, such as a long list of domains as several batches.";
