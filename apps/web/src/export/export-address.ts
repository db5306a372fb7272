/** Path of a file below the tenant's own: `contacts.xlsx` with the filters of that list, as the REST api names them. */
export const exportAddress = (file: string, filters: Record<string, string> = {}): string => {
  const query = new URLSearchParams(filters).toString();
  return `/export/${file}${query === "" ? "" : `?${query}`}`;
};
