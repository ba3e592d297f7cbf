import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** The file's name carries the rule, so that no two plants meet. */
const own = (file: string, rule: string): string => file.replace(/(\w+)\.ts$/, `${rule}-$1.ts`);

function write(folder: string, file: string, source: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), source);
}

function plant(folder: string, rule: string, { from, to }: { from: string; to: string }): void {
  const relative = path.relative(path.dirname(own(from, rule)), own(to, rule));
  write(folder, own(to, rule), 'export const b = 1;\n');
  write(folder, own(from, rule), `export { b } from '${relative.startsWith('.') ? relative : `./${relative}`}';\n`);
}

/** Rules about single imports, each with the source that breaks it. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circular': {
    // A cycle is reported once, at the first of its files by name.
    'shared/domain/cycle-a.ts': "export { b } from './cycle-b.ts';\nexport const a = 1;\n",
    'shared/domain/cycle-b.ts': "export { a } from './cycle-a.ts';\nexport const b = 1;\n",
  },
  'no-unresolved': { 'shared/domain/unresolved.ts': "export { b } from './there-is-none.ts';\n" },
  'no-dev-dependencies-in-what-ships': {
    'cli/shipped.ts': "export { default } from 'fast-check';\n",
    // A link to ours would resolve to a path outside the folder, which no rule is about.
    'node_modules/fast-check/package.json': '{ "name": "fast-check", "main": "index.js" }',
    'node_modules/fast-check/index.js': 'module.exports = 1;\n',
  },
};

it('fails on a planted violation of each rule', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rooms-'));
  try {
    for (const file of ['.dependency-cruiser.cjs', 'package.json'])
      cpSync(path.join(ROOT, file), path.join(folder, file));
    for (const room of ROOMS) mkdirSync(path.join(folder, room), { recursive: true });
    for (const [rule, each] of Object.entries(VIOLATIONS)) plant(folder, rule, each);
    for (const files of Object.values(SOURCES))
      for (const [file, source] of Object.entries(files)) write(folder, file, source);
    const broken = brokenRules(folder);
    for (const [rule, { from }] of Object.entries(VIOLATIONS)) {
      expect(broken).toContain(`${rule} ${own(from, rule)}`);
    }
    for (const [rule, files] of Object.entries(SOURCES)) {
      expect(broken).toContain(`${rule} ${Object.keys(files)[0]}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('plants a violation for every rule there is', () => {
  const { forbidden } = require(path.join(ROOT, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
  expect([...Object.keys(VIOLATIONS), ...Object.keys(SOURCES)].sort()).toEqual(
    forbidden.map(({ name }) => name).sort(),
  );
});
