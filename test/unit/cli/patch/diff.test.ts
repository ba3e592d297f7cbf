import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { readSources } from '../../../../cli/patch/read-sources.ts';
import { wanted } from './patching.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-diff-'));
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function apply(diff: string, ...options: string[]): void {
  execFileSync('git', ['apply', '--whitespace=nowarn', ...options], { cwd: folder, input: diff });
}

/** Writes a source, and applies with git what the command would print for it. */
async function applied(file: string, text: string): Promise<string> {
  write(file, text);
  const { diff, functions } = await patchSources([wanted({ logicalId: 'Api' })], readSources('.', folder).files);
  expect(functions).toEqual([expect.objectContaining({ result: 'patched' })]);
  apply(diff, '--check');
  apply(diff);
  return readFileSync(path.join(folder, file), 'utf8');
}

const YAML = 'Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      MemorySize: 1024\n';
const TERRAFORM = 'resource "aws_lambda_function" "a" {\n\tfunction_name = "orders-api"\n\tmemory_size = 1024\n}';
const TYPESCRIPT =
  "import 'aws-cdk-lib';\nnew Function(this, 'Api', {\n  functionName: 'orders-api',\n  memorySize: 1024,\n});\n";
const PYTHON = 'import aws_cdk\nFunction(self, "Api", function_name="orders-api", memory_size=1024)\n';

it.each([
  ['template.yaml', YAML],
  ['with Windows line ends.yaml', YAML.replaceAll('\n', '\r\n')],
  ['mark.yaml', `\ufeff${YAML}`],
  ['no-end.yaml', YAML.trimEnd()],
  ['tabs and no end.tf', TERRAFORM],
  ['größe "x".yml', YAML],
  ['deep/er/stack.ts', TYPESCRIPT],
  ['mark.ts', `\ufeff${TYPESCRIPT.replaceAll('\n', '\r\n')}`],
  ['mark.py', `\ufeff${PYTHON}`],
  ['added.yaml', YAML.replace('MemorySize: 1024', 'Handler: a.b').replaceAll('\n', '\r\n')],
])('git applies the diff of %s', async (file, text) => {
  const expected = text.includes('1024')
    ? text.replace('1024', '512')
    : text.replace('Handler', 'MemorySize: 512\r\n      Handler');
  expect(await applied(file, text)).toBe(expected);
});

it('prints paths from where the command runs, so that git applies it there', async () => {
  write('infra/template.yaml', YAML);
  const inner = path.join(folder, 'infra');
  const { diff } = await patchSources([wanted({ logicalId: 'Api' })], readSources('.', inner).files);
  execFileSync('git', ['apply'], { cwd: inner, input: diff });
  expect(readFileSync(path.join(inner, 'template.yaml'), 'utf8')).toContain('MemorySize: 512');
});

it('prints one diff for several files that git applies in one go', async () => {
  write('a.yaml', YAML);
  write('b/b.yaml', YAML.replace('Api', 'Worker'));
  const changes = [wanted({ logicalId: 'Api' }), wanted({ functionName: 'worker', logicalId: 'Worker' })];
  const { diff } = await patchSources(changes, readSources('.', folder).files);
  apply(diff);
  expect(readFileSync(path.join(folder, 'b/b.yaml'), 'utf8')).toContain('MemorySize: 512');
});

const filler = fc.array(
  fc.constantFrom('# 1024 stays', '', '  # ä 😀 "quoted"', '\t', '# MemorySize: 1024', '# memory_size = 1024'),
  { maxLength: 12 },
);
/** A tab alone is no comment, and YAML takes none at the start of a line. */
const commentIn = (file: string, line: string): string => {
  if (file.endsWith('.ts')) return line.replace('#', '//');
  return file.endsWith('.yaml') ? line.trimStart() : line;
};
const lineEnd = fc.constantFrom('\n', '\r\n');

it('changes no character but those of the value, whatever stands around it', async () => {
  const dialects = [
    ['t.yaml', YAML, 'MemorySize: 1024'],
    ['main.tf', TERRAFORM, 'memory_size = 1024'],
    ['app.py', PYTHON, 'memory_size=1024'],
    ['stack.ts', TYPESCRIPT, 'memorySize: 1024'],
  ] as const;
  await fc.assert(
    fc.asyncProperty(filler, filler, lineEnd, fc.constantFrom(...dialects), async (before, after, end, dialect) => {
      const [file, core, setting] = dialect;
      const comments = (lines: readonly string[]) => lines.map((line) => commentIn(file, line) + end).join('');
      const [head, tail] = [comments(before), comments(after)];
      const body = core.replaceAll('\n', end);
      const text = head + body + end + tail;
      const { files } = await patchSources(
        [wanted({ logicalId: 'Api' })],
        [{ path: file, text, byteOrderMark: false }],
      );
      expect(files[0]?.text).toBe(head + body.replace(setting, setting.replace('1024', '512')) + end + tail);
    }),
    { numRuns: 60, seed: 17 },
  );
});
