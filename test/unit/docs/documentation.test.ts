import { existsSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { createProgram } from '../../../cli/program.ts';
import { createApp } from '../../../infra/create-app.ts';
import { anchorOf, documentsIn, headingsIn, linesOf, ROOT, read, scripts } from './documents.ts';

/** What README and docs say can be followed: links lead somewhere, commands exist, flags are known to their parsers. */
const DOCUMENTS = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'],
  ...documentsIn('docs'),
  ...documentsIn('docs/adr'),
];

const terminal = {
  stdin: Readable.from([]),
  stdout: new Writable(),
  stderr: new Writable(),
  colors: false,
  environment: {},
};
const program = createProgram(terminal, () => {});
const commandNames = program.commands.map((each) => each.name());

/** Long flags that a command takes, those of every command among them. */
function flagsOf(command: string): string[] {
  const own = program.commands.find((each) => each.name() === command)?.options ?? [];
  return [...own, ...program.options].flatMap(({ long }) => long ?? []);
}

const anchorsIn = (text: string): Set<string> => new Set(headingsIn(text).map(anchorOf));

/** Code is no prose: a link inside a fence or backticks is an example. */
const prose = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

function brokenLinks(file: string, text = read(file)): string[] {
  const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : path.join(path.dirname(file), to);
    if (!existsSync(path.join(ROOT, target))) return true;
    return (
      anchor !== undefined && target.endsWith('.md') && !anchorsIn(target === file ? text : read(target)).has(anchor)
    );
  });
}

const shellLines = (text: string): string[] => linesOf(text, 'sh(?: runnable)?');

/** Whatever is written as code, in blocks or in the text. */
const code = (text: string): string[] => [
  ...shellLines(text),
  ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, each = '']) => each),
];

it('finds links that lead nowhere, and no others', () => {
  const links = '[a](nope.md) [b](#nowhere) [c](cli.md#nothing) [d](cli.md) [e](#here) [f](https://example.com)';
  expect(brokenLinks('docs/runbook.md', `# Here\n${links}\n`)).toEqual(['nope.md', '#nowhere', 'cli.md#nothing']);
});

it('makes anchors as GitHub does', () => {
  expect(anchorsIn('## What was not run\n### `a` b, c')).toEqual(new Set(['what-was-not-run', 'a-b-c']));
});

it.each(DOCUMENTS)('%s has no link that leads nowhere', (file) => {
  expect(brokenLinks(file)).toEqual([]);
});

it.each(DOCUMENTS)('%s names no npm script that does not exist', (file) => {
  const named = code(read(file)).flatMap((each) =>
    [...each.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name),
  );
  expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
});

it.each(DOCUMENTS)('%s names no command or flag that the command line does not know', (file) => {
  const lines = code(read(file)).flatMap((each) => {
    const match = /^(?:npm run -s rightsizer -- |npx rightsizer |rightsizer )([a-z][a-z-]*)(?![\w-])(.*)$/.exec(each);
    return match ? [{ each, command: match[1]!, rest: match[2]! }] : [];
  });
  const unknown = lines.filter(({ command, rest }) => {
    if (command === 'help') return false;
    if (!commandNames.includes(command)) return true;
    const flags = rest.match(/(?<=\s)--[a-z-]+/g) ?? [];
    return flags.some((flag) => !flagsOf(command).includes(flag));
  });
  expect(unknown.map(({ each }) => each)).toEqual([]);
});

it.each([...DOCUMENTS, 'examples/github-action/rightsizer.yml'])('%s names the package of this version', (file) => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const named = [...read(file).matchAll(/lambda-rightsizer-(\d[^\s`]*)\.tgz/g)].map(([, each]) => each);
  expect(named).toEqual(named.map(() => version));
});

/** `-c name=value` pairs of every documented `cdk deploy`, examples in angle brackets filled in. */
const deployments = DOCUMENTS.flatMap((file) =>
  shellLines(read(file))
    .filter((line) => line.includes('cdk deploy -c'))
    .map((line) => {
      const pairs = [...line.matchAll(/-c ([\w.]+)=('[^']*'|(?:<[^>]*>|\S)+)/g)];
      const given = pairs.map(([, name = '', value = '']) => [
        name,
        value.replace(/^'|'$/g, '').replace(/<[^>]*>/g, 'x1'),
      ]);
      return { file, line, context: Object.fromEntries(given) as Record<string, string> };
    }),
);

it('knows the deploy commands of the documents', () => {
  expect(deployments.map(({ file }) => file)).toEqual(expect.arrayContaining(['README.md', 'docs/configuration.md']));
});

it.each(deployments)('$file: $line synthesizes with the same arguments', ({ context }) => {
  const { app, stack } = createApp(new Date('2026-11-01T00:00:00Z'), {
    builtinCloudFormationValidation: false,
    context: { ...context, 'aws:cdk:bundling-stacks': [] },
  });
  expect(Object.keys(app.synth().getStackByName(stack.stackName).template.Resources).length).toBeGreaterThan(100);
});
