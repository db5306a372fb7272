/** The environment as it was handed to the command; it is passed on, and read for npm's own marks. */
export const environment = process.env;
