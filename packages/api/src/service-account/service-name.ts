const KIND = " (service account)";

/** How a service account is called among people. */
export const serviceNameOf = (name: string): string => `${name}${KIND}`;

/** The same in SQL, of a row of `app.service_accounts`; null where there is no row. */
export const serviceName = <Alias extends string>(alias: Alias) =>
  `${alias}.name || '${KIND}'` as const;
