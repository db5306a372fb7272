/** An entry of the sidebar, with those below it. */
export interface FeatureNode {
  id: string;
  name: string;
  /** Path below the tenant's own, such as "/batches". */
  urlPath: string;
  icon: string | null;
  group: string | null;
  order: number;
  children: FeatureNode[];
}
