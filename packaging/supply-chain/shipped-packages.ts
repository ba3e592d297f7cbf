import { readFileSync } from 'node:fs';
import path from 'node:path';

export const PROJECT_ROOT = path.join(import.meta.dirname, '../..');

/** What the lock file says of one package. */
export interface LockedPackage {
  version?: string;
  license?: string;
  integrity?: string;
  /** Absent in our lock file: npm asks the registry that it is configured with. */
  resolved?: string;
  dev?: boolean;
  /** Comes inside another package's tarball, whose integrity is its own. */
  inBundle?: boolean;
  link?: boolean;
}

export interface ShippedPackage {
  name: string;
  version: string;
  license: string;
}

/** Every package of the lock file but our own, by its place under node_modules. */
export function lockedPackages(): [place: string, LockedPackage][] {
  const lock = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(lock.packages).filter(([place]) => place !== '');
}

/** What is bundled into functions or installed with the published package, once each. */
export function shippedPackages(): ShippedPackage[] {
  const shipped = lockedPackages().filter(([, { dev }]) => dev !== true);
  const named = shipped.map(([place, { version = '', license = 'unknown' }]) => ({
    name: place.split('node_modules/').at(-1)!,
    version,
    license,
  }));
  const once = new Map(named.map((each) => [`${each.name}@${each.version}`, each]));
  return [...once.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
