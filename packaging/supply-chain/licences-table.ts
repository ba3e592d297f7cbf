import { shippedPackages } from './shipped-packages.ts';

/** Licences that ask for no more than to be named; anything else needs a decision before it ships. */
export const ACCEPTED_LICENCES = [
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
];

/** docs/licences.md, as `npm run docs:licences` writes it. */
export function licencesDocument(): string {
  const rows = shippedPackages().map(({ name, version, license }) => `| \`${name}\` | ${version} | ${license} |`);
  return `# Licences of what ships

Every package that is bundled into the functions or installed with the published package, from the lock file. Rightsizer itself
is Apache-2.0. What only builds or tests it (the AGPL's \`@cloud-copilot/iam-simulate\` among it) is in neither. Written by
\`npm run docs:licences\`; \`test/unit/packaging/supply-chain.test.ts\` holds it to the lock file and every licence to the list in
\`packaging/supply-chain/licences-table.ts\`.

| Package | Version | Licence |
| --- | --- | --- |
${rows.join('\n')}
`;
}
