import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { readSources } from '../../../../cli/patch/read-sources.ts';
import { sourceFile, wanted } from './patching.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-sources-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string | Uint8Array = 'a: 1\n'): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

const pathsOf = (directory: string, workingDirectory = folder): string[] =>
  readSources(directory, workingDirectory).files.map((file) => file.path);

it('reads what may define functions, in the order of names, and nothing that tools install or write', () => {
  for (const file of ['b.tf', 'a.yaml', 'x/c.py', 'x/d.ts', 'x/d.d.ts', 'readme.md', 'x/d.test.ts', 'test/e.ts'])
    write(file);
  for (const skipped of ['node_modules', '.git', 'cdk.out', '.terraform', '.aws-sam', '__pycache__'])
    write(`${skipped}/a.yaml`);
  write('environments/test/main.tf');
  expect(pathsOf('.')).toEqual(['a.yaml', 'b.tf', 'environments/test/main.tf', 'x/c.py', 'x/d.ts']);
});

it('names files from where the command runs, and from the directory where that is elsewhere', () => {
  write('infra/a.yaml');
  expect(pathsOf('infra')).toEqual(['infra/a.yaml']);
  expect(pathsOf('../infra', path.join(folder, 'elsewhere'))).toEqual(['a.yaml']);
});

it('follows no link, neither in a circle nor to a file outside', () => {
  write('inside/a.yaml');
  symlinkSync('..', path.join(folder, 'inside/up'));
  symlinkSync('/etc/hostname', path.join(folder, 'inside/host.yaml'));
  expect(pathsOf('.')).toEqual(['inside/a.yaml']);
});

it('leaves out, and names, what is no text or too large', () => {
  write('binary.yaml', Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
  write('nul.json', 'a\0b');
  write('huge.json', `{"AWS::Lambda::Function": "${'x'.repeat(2_000_001)}"}`);
  write('ok.yaml');
  const { files, skipped } = readSources('.', folder);
  expect(files.map((file) => file.path)).toEqual(['ok.yaml']);
  expect(skipped).toEqual(['binary.yaml: no text in UTF-8', 'huge.json: larger than 2 MB', 'nul.json: no text']);
});

it.each(['nowhere', 'file.yaml'])('refuses %s, which is no directory', (name) => {
  write('file.yaml');
  expect(() => readSources(name, folder)).toThrow(`"${name}" is no directory`);
});

describe('a source that cannot be parsed', () => {
  const template =
    'Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      MemorySize: 1024\n      Handler: a\n';

  it.each([
    ['a template of a template', `{% if x %}\n${template}`],
    ['nesting beyond any stack', `AWS::Lambda::Function: ${'['.repeat(30_000)}`],
    ['several documents', `${template}---\n${template}`],
  ])('is named, and the others are read all the same: %s', async (_, text) => {
    const change = wanted({ logicalId: 'Api' });
    const found = await patchSources([change], [sourceFile('bad.yaml', text), sourceFile('good.yaml', template)]);
    expect(found.unreadable).toEqual([expect.stringMatching(/^bad\.yaml/)]);
    expect(found.functions).toEqual([expect.objectContaining({ result: 'patched' })]);
  });

  it('expands no alias, however often it doubles', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`);
    const text = `a0: &a0 [1, 1]\n${lines.join('')}${template}`;
    const { functions } = await patchSources([wanted({ logicalId: 'Api' })], [sourceFile('bomb.yaml', text)]);
    expect(functions).toEqual([expect.objectContaining({ result: 'patched' })]);
  });
});
