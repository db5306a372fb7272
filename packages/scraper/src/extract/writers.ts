const WRITERS =
  /^(?:author|creator|editor|contributor|publisher|copyrightHolder|translator|reviewedBy)$/;

/** Whether structured data names a person as who wrote something: such a person need not be of the business. */
export const isWriter = (relation: string | null): boolean =>
  relation !== null && WRITERS.test(relation);
