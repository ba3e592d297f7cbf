/** As much of CycloneDX as is looked at here. */
export interface BillOfMaterials {
  metadata: { component: { name: string; 'bom-ref': string } };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

export interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  properties?: { name: string; value: string }[];
}

/** npm's mark of what only builds or tests. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * npm's bill of everything, without what does not ship. `npm sbom --omit dev` will not do: it leaves out every package
 * that a dev dependency needs as well, whether it ships or not (13 of 80 when this was written, by npm 11.19).
 *
 * @param name of the package; npm takes the folder's
 */
export function shippedOnly(bill: BillOfMaterials, name: string): BillOfMaterials {
  const components = bill.components.filter(
    ({ properties = [] }) => !properties.some((property) => property.name === DEVELOPMENT),
  );
  const kept = new Set([bill.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  const metadata = { ...bill.metadata, component: { ...bill.metadata.component, name } };
  return { ...bill, metadata, components, dependencies };
}
