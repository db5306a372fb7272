import type { TechnologyEvidence, TechnologyFacts } from "@scrapersky/outcome";
import { line } from "../../text.ts";
import type { Product } from "../rules/rule.ts";
import type { Catalogue } from "./catalogue.ts";
import { mostOften } from "./versions.ts";

export const WORDPRESS = "WordPress";

/** Products found on one site: of each the first evidence, and the version it is written with. */
export class Finds {
  readonly #catalogue: Catalogue;
  readonly #found = new Map<Product, { evidence: TechnologyEvidence; versions: string[] }>();
  /** Versions in what a product says of itself count more than those behind its files. */
  readonly #said = new Map<Product, string>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /**
   * @param evidence written out for the first find of a product only
   * @param version behind a file's address
   */
  add(product: Product, evidence: () => TechnologyEvidence, version: string | null = null): void {
    let known = this.#found.get(product);
    if (known === undefined) {
      known = { evidence: evidence(), versions: [] };
      this.#found.set(product, known);
    }
    if (version !== null) known.versions.push(version);
  }

  /** @param version in a generator, header or signature */
  declare(product: Product, evidence: () => TechnologyEvidence, version: string | null): void {
    this.add(product, evidence);
    if (version !== null && !this.#said.has(product)) this.#said.set(product, version);
  }

  /** By name; with those that a found one cannot be without, for the same reason. */
  list(): TechnologyFacts[] {
    for (const [product, { evidence }] of this.#found) {
      const implied = [
        ...(product.implies ?? []),
        ...(product.plugins === undefined && product.themes === undefined ? [] : [WORDPRESS]),
      ];
      for (const name of implied) {
        const other = this.#catalogue.byName.get(name);
        // a Map's loop goes on to what is added meanwhile: what an implied one implies is found too
        if (other !== undefined && !this.#found.has(other))
          this.#found.set(other, { evidence, versions: [] });
      }
    }
    const core = this.#versionOf(this.#catalogue.byName.get(WORDPRESS));
    return [...this.#found]
      .map(([product, { evidence }]) => {
        const version = this.#versionOf(product, product.name === WORDPRESS ? null : core);
        return {
          name: product.name,
          category: product.category,
          version: version === null ? null : line(version, 40),
          evidence,
        };
      })
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** WordPress puts its own version behind files of plugins that name none. */
  #versionOf(product: Product | undefined, core: string | null = null): string | null {
    if (product === undefined) return null;
    const versions = this.#found.get(product)?.versions ?? [];
    return this.#said.get(product) ?? mostOften(versions.filter((version) => version !== core));
  }
}
