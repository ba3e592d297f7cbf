import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { documentsIn, linesOf, ROOT, read, scripts } from './documents.ts';

/** Blocks marked `sh runnable` are run, line by line, as somebody would who pastes them; what needs AWS as its dry form. */
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'examples/README.md', ...documentsIn('docs')];

/** What stands for a command that would change an account or this checkout. */
const DRY: readonly [command: RegExp, dry: string][] = [
  [/^npm ci$/, 'npm ci --dry-run --ignore-scripts --offline'],
  [/^npm run deploy -- .*/, 'npm run -s deploy -- --help'],
  [/^npx cdk bootstrap$/, 'npx cdk bootstrap --help'],
  // documentation.test.ts synthesizes each in this process; a process of its own takes ten seconds.
  [/^npx cdk deploy .*/, 'npx cdk deploy --help'],
];

const runnable = DOCUMENTS.flatMap((file) => linesOf(read(file), 'sh runnable').map((line) => ({ file, line })));

const dryForm = (line: string): string => DRY.find(([command]) => command.test(line))?.[1] ?? line;

function run(line: string) {
  const { AWS_ENDPOINT_URL: _, ...env } = process.env;
  return spawnSync('bash', ['-euo', 'pipefail', '-c', line], { cwd: ROOT, encoding: 'utf8', env, timeout: 60_000 });
}

it('finds the commands of README and docs', () => {
  expect(new Set(runnable.map(({ file }) => file))).toEqual(new Set(['README.md', 'docs/cli.md']));
});

it('fails for a command that does not exist', () => {
  expect(run('npm run -s nothing-of-that-name').status).not.toBe(0);
});

it.each(runnable)(
  '$file: $line',
  ({ line }) => {
    const { status, stderr } = run(dryForm(line));
    expect([status, stderr]).toEqual([0, status === 0 ? stderr : '']);
  },
  60_000,
);

/** Flags given to a script of package.json, which its own sources must spell. */
const flagged = DOCUMENTS.flatMap((file) =>
  [...read(file).matchAll(/npm run (?:-s )?([\w:-]+) -- ([^`\n]*)/g)].flatMap(([, script = '', rest = '']) =>
    script === 'rightsizer'
      ? []
      : [...rest.matchAll(/(?<=^|\s)--([a-z-]+)/g)].map(([, flag = '']) => ({ file, script, flag })),
  ),
);

function sourcesOf(script: string): string {
  const main = scripts[script]!.split(' ').at(-1)!;
  const folder = path.dirname(path.join(ROOT, main));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file));
  return files
    .flatMap((file) => (file.endsWith('.ts') && statSync(file).isFile() ? [readFileSync(file, 'utf8')] : []))
    .join('\n');
}

const spells = (script: string, flag: string): boolean =>
  flag === 'help' ||
  new RegExp(`--${flag}\\b|\\b${flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}: \\{`).test(
    sourcesOf(script),
  );

it('knows a flag that a script does not take', () => {
  expect([spells('demo', 'seed'), spells('demo', 'sede')]).toEqual([true, false]);
});

it.each(flagged)('$file: $script takes --$flag', ({ script, flag }) => {
  expect(spells(script, flag)).toBe(true);
});
