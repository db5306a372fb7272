/** On the page of all jobs what moves comes first. */
export const JOBS_ORDER = "moving";
