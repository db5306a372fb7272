// Migrates the database at the address given as its argument, to be killed on the way.
import { migrate } from "../../src/migrate.ts";

await migrate({ url: process.argv[2] ?? "" });
