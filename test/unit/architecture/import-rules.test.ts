import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../../..');

/** Two files, the first of which imports the second against the rule. */
const VIOLATIONS: Readonly<Record<string, { from: string; to: string }>> = {
  'domain-is-pure': { from: 'shared/domain/night/a.ts', to: 'shared/clients/b.ts' },
  'clients-stay-below': { from: 'shared/clients/a.ts', to: 'tasks/night/b/b.ts' },
  'shared-stays-below': { from: 'shared/auto-scaling/a.ts', to: 'workflows/b.ts' },
  'tasks-stand-alone': { from: 'tasks/night/a/a.ts', to: 'tasks/night/b/b.ts' },
  'tasks-know-no-stack': { from: 'tasks/approval/a/a.ts', to: 'infra/b.ts' },
  'workflows-meet-in-shared': { from: 'workflows/night/a.ts', to: 'workflows/remediation/b.ts' },
  'workflows-only-describe': { from: 'workflows/night/a.ts', to: 'shared/clients/b.ts' },
  'infra-imports-no-code-of-tasks': { from: 'infra/a.ts', to: 'tasks/night/b/b.ts' },
  'engine-stands-alone': { from: 'sandbox/engine/a.ts', to: 'shared/b.ts' },
  'account-judges-independently': { from: 'sandbox/account/a.ts', to: 'shared/domain/night/b.ts' },
  'cli-needs-no-stack': { from: 'cli/a.ts', to: 'infra/b.ts' },
  'product-never-imports-tests': { from: 'cli/a.ts', to: 'test/support/b.ts' },
};
const ROOMS = ['infra', 'workflows', 'tasks', 'shared', 'sandbox', 'cli', 'test'];

/** Rules that a planted import breaks, by dependency-cruiser's own report. */
function brokenRules(folder: string): string[] {
  const { stdout, stderr } = spawnSync(
    path.join(ROOT, 'node_modules/.bin/depcruise'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...ROOMS],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  return report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}

function plant(folder: string, rule: string, { from, to }: { from: string; to: string }): void {
  const own = (file: string) => path.join(folder, file.replace(/(\w+)\.ts$/, `${rule}-$1.ts`));
  for (const file of [from, to]) mkdirSync(path.dirname(own(file)), { recursive: true });
  writeFileSync(own(to), 'export const b = 1;\n');
  const relative = path.relative(path.dirname(own(from)), own(to));
  writeFileSync(own(from), `export { b } from '${relative.startsWith('.') ? relative : `./${relative}`}';\n`);
}

it('fails on a planted violation of each rule about rooms', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rooms-'));
  try {
    for (const file of ['.dependency-cruiser.cjs', 'package.json'])
      cpSync(path.join(ROOT, file), path.join(folder, file));
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const room of ROOMS) mkdirSync(path.join(folder, room), { recursive: true });
    for (const [rule, each] of Object.entries(VIOLATIONS)) plant(folder, rule, each);
    const broken = brokenRules(folder);
    for (const [rule, { from }] of Object.entries(VIOLATIONS)) {
      expect(broken).toContain(`${rule} ${from.replace(/(\w+)\.ts$/, `${rule}-$1.ts`)}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('plants a violation for every rule that parts two rooms', () => {
  const { forbidden } = require(path.join(ROOT, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
  const aboutFiles = ['no-circular', 'no-unresolved', 'no-dev-dependencies-in-what-ships'];
  expect(Object.keys(VIOLATIONS).sort()).toEqual(
    forbidden
      .map(({ name }) => name)
      .filter((name) => !aboutFiles.includes(name))
      .sort(),
  );
});
