/** The id of one of the words that a line offers. */
export const optionId = (listId: string, at: number): string => `${listId}-${at}`;
