import { expect, test } from "vitest";
import { findNeverGiven, findUntold } from "../src/facts/index.ts";

const VALUE = {
  name: "Sonne",
  isOpen: true,
  size: 3,
  motto: null,
  since: "1901-01-01T00:00:00Z",
  rooms: [{ name: "Laden", chairs: [] }, { name: "Hof" }],
  owner: { name: "Anna", title: "Inhaberin" },
  address: { town: "Wien", parts: [{ street: "Hauptplatz" }] },
};
type Value = typeof VALUE;

test("what tells everything leaves nothing untold", async () => {
  expect(await findUntold(VALUE, (value) => value)).toEqual([]);
});

test("each fact that makes no difference is named", async () => {
  const tellings: [(value: Value) => unknown, string[]][] = [
    [({ name: _name, ...rest }) => rest, ["name"]],
    [({ isOpen: _open, motto: _motto, ...rest }) => rest, ["isOpen", "motto"]],
    [(value) => ({ ...value, since: Number.isNaN(Date.parse(value.since)) }), ["since"]],
    [(value) => ({ ...value, rooms: value.rooms.map((room) => room.name) }), ["rooms[].chairs"]],
    [({ rooms: _rooms, ...rest }) => rest, ["rooms[].name", "rooms[].chairs"]],
    [(value) => ({ ...value, owner: value.owner.name }), ["owner.title"]],
    [
      ({ owner: _owner, address: _address, ...rest }) => rest,
      ["owner.name", "owner.title", "address.town", "address.parts[].street"],
    ],
    [(value) => ({ ...value, address: value.address.town }), ["address.parts[].street"]],
  ];
  for (const [tell, untold] of tellings) expect(await findUntold(VALUE, tell)).toEqual(untold);
});

test("a fact of few words is changed into the word that is given", async () => {
  const tell = ({ word }: { word: string }) => word === "weak";
  expect(await findUntold({ word: "sure" }, tell)).toEqual(["word"]);
  expect(await findUntold({ word: "sure" }, tell, { word: "weak" })).toEqual([]);
});

test("facts that no value gives are named, also where all of a list or object is missing", () => {
  expect(findNeverGiven([VALUE])).toEqual(["motto", "rooms[].chairs"]);
  const poor = { name: "", isOpen: false, size: 0, motto: "Brot", rooms: [], owner: null };
  expect(findNeverGiven([poor])).toEqual(["name", "isOpen", "rooms", "owner"]);
  expect(findNeverGiven([VALUE, poor])).toEqual(["rooms[].chairs"]);
});
