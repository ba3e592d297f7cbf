import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { StageOf } from '../clients/deployed-configuration.ts';

const PACKAGE = 'lambda-rightsizer';

/** What a checkout of Rightsizer would deploy, as its cdk.json says; undefined where the directory is none. */
export function readCheckout(directory: string): StageOf | undefined {
  const manifest = readJson(path.join(directory, 'package.json'));
  const app = readJson(path.join(directory, 'cdk.json'));
  if (manifest?.['name'] !== PACKAGE || app === undefined) return undefined;
  const { rightsizer = {} } = (app['context'] ?? {}) as Readonly<Record<string, unknown>>;
  return { release: String(manifest['version']), configuration: rightsizer as StageOf['configuration'] };
}

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
