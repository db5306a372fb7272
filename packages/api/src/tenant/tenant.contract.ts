/** A customer organisation, as whoever runs the product sees it. */
export interface Tenant {
  id: string;
  /** Its name in addresses; null for one that another program made and nobody has opened yet. */
  slug: string | null;
  name: string;
  active: boolean;
  /** People who are members and active. */
  people: number;
}
