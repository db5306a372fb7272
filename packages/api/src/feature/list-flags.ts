import { defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { featureFlags, tenantFeatures } from "@scrapersky/db/schema";
import { type FeatureFlag, FEATURES_MAX } from "./feature-change.contract.ts";

const flags = defineStatement(
  `select f.id as "featureId", f.name, f.description, coalesce(f.default_enabled, false) as "byDefault",
     tf.is_enabled as here, coalesce(tf.is_enabled, f.default_enabled, false) as "on"
   from feature_flags f
   left join tenant_features tf on tf.feature_id = f.id and tf.tenant_id = :tenantId::uuid
   order by lower(f.name), f.id limit ${FEATURES_MAX}`,
  {
    featureId: featureFlags.id,
    name: featureFlags.name,
    description: featureFlags.description,
    byDefault: "bool",
    here: nullable(tenantFeatures.isEnabled),
    on: "bool",
  },
);

/** Every feature, and which of them the tenant has. */
export const listFlags = (reader: Reader, tenantId: string): Promise<FeatureFlag[]> =>
  executeRawSql(reader, flags, { tenantId });
