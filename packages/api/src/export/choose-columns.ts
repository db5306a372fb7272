import { DomainError } from "../errors/domain-error.ts";
import { type AnyList, type ColumnOf, PERSONAL } from "../list/list.contract.ts";
import type { Actor } from "../rbac/actor.ts";

/**
 * The columns of an export: those asked for, in that order, or all that the caller may see.
 * @throws DomainError FORBIDDEN for columns that tell of people, by name, without the right to them;
 * INVALID_INPUT for names that the list does not have
 */
export function chooseColumns<L extends AnyList>(
  { columns = {} }: L,
  actor: Pick<Actor, "permissions">,
  asked: readonly string[] | undefined,
): ColumnOf<L>[] {
  const known = Object.keys(columns);
  const maySee = (name: string) =>
    columns[name]?.personal !== true || actor.permissions.has(PERSONAL);
  const unknown = asked?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new DomainError("INVALID_INPUT", `No column is called ${unknown.join(", ")}.`, {
      fieldErrors: { columns: `One or more of ${known.join(", ")}.` },
    });
  }
  const hidden = asked?.filter((name) => !maySee(name)) ?? [];
  if (hidden.length > 0) {
    throw new DomainError("FORBIDDEN", `These columns need ${PERSONAL}: ${hidden.join(", ")}.`, {
      errorCode: `NEEDS_${PERSONAL}`,
    });
  }
  return [...new Set(asked ?? known.filter(maySee))] as ColumnOf<L>[];
}
