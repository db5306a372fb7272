import { notFound } from "../errors/domain-error.ts";
import type { AnyList } from "../list/list.contract.ts";
import * as lists from "../lists.contract.ts";
import type { Actor } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";

const isList = (value: unknown): value is AnyList =>
  typeof value === "object" && value !== null && "orders" in value;

const LISTS = new Map(
  Object.values(lists)
    .filter((value) => isList(value))
    .map((list) => [list.name, list]),
);

/**
 * A list by its name, for whoever may see it.
 * @throws DomainError NOT_FOUND, or FORBIDDEN without its permission
 */
export function knownList(actor: Actor, name: string): AnyList {
  const list = LISTS.get(name);
  if (list === undefined) throw notFound("List");
  requirePermission(actor, list.permission);
  return list;
}
