import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BillOfMaterials, shippedOnly } from './bill-of-materials.ts';
import { PROJECT_ROOT } from './shipped-packages.ts';

/** `npm run -s sbom > sbom.json`: what ships, as CycloneDX, from the lock file; it needs no network. */
const MANY_BYTES = 64 * 1024 * 1024;
const argv = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--loglevel', 'error'];
const bill = JSON.parse(
  execFileSync('npm', argv, { cwd: PROJECT_ROOT, encoding: 'utf8', maxBuffer: MANY_BYTES }),
) as BillOfMaterials;
const { name } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as { name: string };
process.stdout.write(`${JSON.stringify(shippedOnly(bill, name), null, 2)}\n`);
