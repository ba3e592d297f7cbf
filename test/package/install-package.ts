import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..');

interface LockedPackage {
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

/**
 * Packs this repository as `npm publish` would and installs the tarball into an empty project, offline: what it depends
 * on is laid out beforehand from our own node_modules, so that npm finds it installed and asks no registry.
 */
export function installPackage(folder: string): void {
  const project = path.join(folder, 'project');
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'customer', type: 'module' }));
  for (const name of dependencyFolders()) {
    cpSync(path.join(PROJECT_ROOT, name), path.join(project, name), { recursive: true });
  }
  const tarball = npm(PROJECT_ROOT, 'pack', '--silent', '--pack-destination', folder).trim().split('\n').at(-1)!;
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', path.join(folder, tarball));
}

/** Folders under node_modules, nested ones within them, that are there for the product and not for its tests. */
function dependencyFolders(): string[] {
  const { packages } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(packages)
    .filter(
      ([name, { dev, optional, devOptional }]) =>
        /^node_modules\/(@[^/]+\/)?[^/]+$/.test(name) && !dev && !optional && !devOptional,
    )
    .map(([name]) => name);
}

function npm(folder: string, ...args: string[]): string {
  // Run by `npm test`, npm would take the outer project for its own.
  const environment = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env: Object.fromEntries(environment) });
}
