import { expect, test } from "vitest";
import { chooseColumns } from "../src/export/choose-columns.ts";
import type { Permission } from "../src/index.ts";
import type { AnyList } from "../src/list/list.contract.ts";
import * as door from "../src/lists.contract.ts";

const LISTS = Object.values(door).filter(
  (value): value is AnyList & typeof value => typeof value === "object" && "columns" in value,
);
const actorWith = (...permissions: Permission[]) => ({ permissions: new Set(permissions) });

test.each(LISTS)(
  "$name gives columns that tell of people to who may read contacts alone",
  (list) => {
    const all = Object.keys(list.columns ?? {});
    const isPersonal = (column: string) => list.columns?.[column]?.personal === true;
    const [may, mayNot] = [actorWith("export:read", "contacts:read"), actorWith("export:read")];
    expect(chooseColumns(list, may, undefined)).toEqual(all);
    expect(chooseColumns(list, mayNot, undefined)).toEqual(all.filter((one) => !isPersonal(one)));
    const other = all.filter((one) => !isPersonal(one)).slice(0, 1);
    for (const column of all) {
      expect(chooseColumns(list, may, [column])).toEqual([column]);
      const choose = () => chooseColumns(list, mayNot, [...other, column]);
      if (!isPersonal(column)) continue;
      expect(choose).toThrow(`These columns need contacts:read: ${column}.`);
      expect(choose).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
    }
  },
);
