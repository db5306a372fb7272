import type {
  leadAddresses,
  leadEmails,
  leadPhones,
  leads,
  leadTechnologies,
} from "@scrapersky/db/schema";
import type {
  AddressFacts,
  BusinessFacts,
  CountryFacts,
  EmailFacts,
  PhoneFacts,
  TechnologyEvidence,
} from "@scrapersky/outcome";
import { expectTypeOf, test } from "vitest";

// The checks of the tables are held to the schema by the drift check, and the schema here to what a scrape can say.

test("columns of closed words take those of a scrape", () => {
  type Row<T extends { $inferSelect: object }> = T["$inferSelect"];
  expectTypeOf<Row<typeof leads>["businessNameFrom"]>().toEqualTypeOf<BusinessFacts["nameFrom"]>();
  expectTypeOf<NonNullable<Row<typeof leads>["countryConfidence"]>>().toEqualTypeOf<
    CountryFacts["confidence"]
  >();
  expectTypeOf<Row<typeof leadEmails>["kind"]>().toEqualTypeOf<EmailFacts["kind"]>();
  expectTypeOf<NonNullable<Row<typeof leadEmails>["hidden"]>>().toEqualTypeOf<
    EmailFacts["hidden"]
  >();
  expectTypeOf<Row<typeof leadEmails>["takesMail"]>().toEqualTypeOf<EmailFacts["takesMail"]>();
  expectTypeOf<NonNullable<Row<typeof leadPhones>["foundAs"]>>().toEqualTypeOf<
    PhoneFacts["from"]
  >();
  expectTypeOf<NonNullable<Row<typeof leadAddresses>["foundAs"]>>().toEqualTypeOf<
    AddressFacts["from"]
  >();
  expectTypeOf<NonNullable<Row<typeof leadTechnologies>["evidenceIn"]>>().toEqualTypeOf<
    TechnologyEvidence["where"]
  >();
});
