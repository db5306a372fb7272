/** SQL: until so long after a job was stopped whoever was at its site has noticed it. */
export const LEAVING = "interval '3 seconds'";
