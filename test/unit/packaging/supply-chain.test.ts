import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BillOfMaterials, shippedOnly } from '../../../packaging/supply-chain/bill-of-materials.ts';
import { ACCEPTED_LICENCES, licencesDocument } from '../../../packaging/supply-chain/licences-table.ts';
import { lockedPackages, PROJECT_ROOT, shippedPackages } from '../../../packaging/supply-chain/shipped-packages.ts';

const manifest = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const SEMVER = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe('the lock file', () => {
  const packages = lockedPackages();

  it('takes every package from the registry, by a version and the hash of its tarball', () => {
    expect(packages.length).toBeGreaterThan(300);
    const elsewhere = packages.filter(
      ([, { resolved, link }]) => link === true || (resolved && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere.map(([place]) => place)).toEqual([]);
    expect(packages.filter(([, { version = '' }]) => !SEMVER.test(version)).map(([place]) => place)).toEqual([]);
    const unhashed = packages.filter(
      ([, { integrity = '', inBundle }]) => !inBundle && !integrity.startsWith('sha512-'),
    );
    expect(unhashed.map(([place]) => place)).toEqual([]);
  });

  it('hashes the tarball of everything that comes inside another package', () => {
    const places = new Map(packages);
    const bundled = packages.filter(([, { inBundle }]) => inBundle).map(([place]) => place);
    const holders = new Set(bundled.map((place) => place.slice(0, place.indexOf('/node_modules/'))));
    expect([...holders].filter((holder) => !places.get(holder)?.integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('is asked for exact versions of what ships', () => {
    expect(Object.entries(manifest.dependencies).filter(([, version]) => !SEMVER.test(version))).toEqual([]);
  });
});

describe('what ships', () => {
  const shipped = shippedPackages();

  it('has licences that ask for no more than to be named', () => {
    expect(shipped.filter(({ license }) => !ACCEPTED_LICENCES.includes(license))).toEqual([]);
  });

  it('is every dependency, and nothing that only builds or tests', () => {
    const names = shipped.map(({ name }) => name);
    expect(Object.keys(manifest.dependencies).filter((name) => !names.includes(name))).toEqual([]);
    for (const name of ['@cloud-copilot/iam-simulate', 'jest', 'aws-cdk-lib', 'dynalite', 'fast-check'])
      expect(names).not.toContain(name);
  });

  it('is listed in docs/licences.md as it is now', () => {
    expect(readFileSync(path.join(PROJECT_ROOT, 'docs/licences.md'), 'utf8')).toBe(licencesDocument());
  });
});

describe('the bill of materials', () => {
  it('leaves out what only builds or tests, in what others depend on too', () => {
    const component = (name: string, isDevelopment: boolean) => ({
      'bom-ref': name,
      name,
      version: '1.0.0',
      properties: isDevelopment ? [{ name: 'cdx:npm:package:development', value: 'true' }] : [],
    });
    const bill: BillOfMaterials = {
      metadata: { component: { name: 'folder', 'bom-ref': 'self' } },
      components: [component('shipped', false), component('tested', true)],
      dependencies: [
        { ref: 'self', dependsOn: ['shipped', 'tested'] },
        { ref: 'tested', dependsOn: ['shipped'] },
      ],
    };
    expect(shippedOnly(bill, 'product')).toEqual({
      metadata: { component: { name: 'product', 'bom-ref': 'self' } },
      components: [component('shipped', false)],
      dependencies: [{ ref: 'self', dependsOn: ['shipped'] }],
    });
  });

  it('names what ships, all of it and nothing else', () => {
    const sbom = path.join(PROJECT_ROOT, 'packaging/supply-chain/sbom.ts');
    const node = path.join(PROJECT_ROOT, 'node_modules/.bin/node');
    const bill = JSON.parse(execFileSync(node, [sbom], { encoding: 'utf8' })) as BillOfMaterials & {
      bomFormat: string;
    };
    const named = bill.components.map((each) => each['bom-ref'].split('|')[0]);
    expect(bill.bomFormat).toBe('CycloneDX');
    expect([...new Set(named)].toSorted()).toEqual(shippedPackages().map(({ name, version }) => `${name}@${version}`));
  });
});
