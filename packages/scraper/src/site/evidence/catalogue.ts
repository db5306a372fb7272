import type { Product } from "../rules/rule.ts";
import { AddressBook } from "./addresses.ts";
import { Fragments } from "./fragments.ts";

interface Beginning {
  text: string;
  product: Product;
}

interface HeaderSign {
  product: Product;
  /** Lower case; "" for any value. */
  value: string;
  /** Whether `value` may stand anywhere in the header's. */
  anywhere: boolean;
}

/** Products by what gives them away, so that each thing seen on a site is looked up once, whatever their number. */
export class Catalogue {
  readonly loads = new AddressBook<Product>();
  readonly pixels = new AddressBook<Product>();
  readonly media = new AddressBook<Product>();
  readonly posts = new AddressBook<Product>();
  readonly links = new AddressBook<Product>();
  readonly homes = new AddressBook<Product>();
  readonly paths = new Fragments<Product>();
  readonly plugins = new Map<string, Product[]>();
  readonly themes = new Map<string, Product[]>();
  readonly files = new Map<string, Product[]>();
  readonly words = new Map<string, Product[]>();
  readonly ids = new Map<string, Product[]>();
  readonly marks = new Map<string, Product[]>();
  readonly attributes = new Map<string, Product[]>();
  readonly metas = new Map<string, Product[]>();
  readonly headers = new Map<string, HeaderSign[]>();
  readonly generators: Beginning[] = [];
  readonly cookies: Beginning[] = [];
  readonly comments: Beginning[] = [];
  readonly byName = new Map<string, Product>();

  constructor(products: readonly Product[]) {
    for (const product of products) this.#add(product);
  }

  #add(product: Product): void {
    this.byName.set(product.name, product);
    for (const book of ["loads", "pixels", "media", "posts", "links", "homes"] as const)
      for (const pattern of product[book] ?? []) this[book].add(pattern, product);
    for (const path of product.paths ?? []) this.paths.add(path, product);
    for (const kind of NAMED)
      for (const name of product[kind] ?? []) put(this[kind], name, product);
    for (const kind of BEGUN)
      for (const text of product[kind] ?? [])
        this[kind].push({ text: text.toLowerCase(), product });
    for (const sign of product.headers ?? []) {
      const colon = sign.indexOf(": ");
      const name = colon === -1 ? sign : sign.slice(0, colon);
      const value = colon === -1 ? "" : sign.slice(colon + 2);
      const anywhere = value.startsWith("*");
      put(this.headers, name, { product, value: anywhere ? value.slice(1) : value, anywhere });
    }
  }
}

const NAMED = [
  "plugins",
  "themes",
  "files",
  "words",
  "ids",
  "marks",
  "attributes",
  "metas",
] as const;
const BEGUN = ["generators", "cookies", "comments"] as const;

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
