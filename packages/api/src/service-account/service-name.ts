/** SQL of how a row of `app.service_accounts` is called among people; null where there is no row. */
export const serviceName = (alias: string): string => `${alias}.name || ' (service account)'`;
