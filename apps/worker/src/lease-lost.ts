/** Thrown to roll a transaction back whose lease has passed to somebody else. */
export class LeaseLost extends Error {}
