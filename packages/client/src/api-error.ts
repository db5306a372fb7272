import type { AppRouter } from "@scrapersky/api";
import { TRPCClientError } from "@trpc/client";

/** A call that failed. `data` says why and names the request; it is absent when no answer arrived. */
export type ApiError = TRPCClientError<AppRouter>;

/** True for a call of a client that failed, for whatever reason. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof TRPCClientError;
}

const answers =
  (...statuses: number[]) =>
  (error: unknown): error is ApiError =>
    isApiError(error) && statuses.includes(statusOf(error) ?? 0);

/** A proxy in between answers in a form of its own: then its status is all there is. */
const statusOf = ({ data, meta }: ApiError): number | undefined =>
  data?.httpStatus ?? (meta?.["response"] as Response | undefined)?.status;

/** The input is not right: `data.fieldErrors` says where and why. */
export const isInvalidInput = answers(400, 422);
/** No key, or none that is known any more. */
export const isUnauthorized = answers(401);
/** The key may not do this. */
export const isForbidden = answers(403);
/** There is no such thing in the key's tenant. */
export const isNotFound = answers(404);
/** Somebody else was faster, or the thing's state forbids it; `data.errorCode` says which. */
export const isConflict = answers(409);
/** More was sent than one call may carry. */
export const isTooLarge = answers(413);
/** Too many calls; `data.retryAfterMs` says when to come back. The client has waited and tried again by itself before. */
export const isRateLimited = answers(429);
/** The service cannot answer right now. The client has tried again by itself before, where that can do no harm. */
export const isUnavailable = answers(502, 503, 504);

/** No answer that could be read arrived: the service could not be reached, or the connection was lost. */
export const isUnreachable = (error: unknown): error is ApiError =>
  isApiError(error) && statusOf(error) === undefined && !isTimeout(error) && !isAborted(error);

/** The time of `timeoutMs` was over before the answer was there. */
export const isTimeout = (error: unknown): error is ApiError => hasCause(error, "TimeoutError");

/** The caller's own signal ended it. */
export const isAborted = (error: unknown): error is ApiError => hasCause(error, "AbortError");

function hasCause(error: unknown, name: string): boolean {
  if (!isApiError(error)) return false;
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause) {
    if (at.name === name) return true;
  }
  return false;
}
