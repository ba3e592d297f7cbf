import { linesOf, read } from './documents.ts';

/** A stranger reads the README in three minutes; what does not fit is a page of docs. */
const WORDS_AT_MOST = 900;

const readme = read('README.md');

/** Words that are read: no code, no tables, of a link its text. */
function wordsOf(markdown: string): string[] {
  const prose = markdown
    .replace(/```[\s\S]*?```/g, '')
    .replace(/^\|.*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
  return prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}

it('counts words of prose only', () => {
  expect(wordsOf('# Two words\n| a | table |\n```sh\ncode\n```\n- [a link](x.md) · end')).toEqual([
    'Two',
    'words',
    'a',
    'link',
    'end',
  ]);
});

it('is read in three minutes', () => {
  expect(wordsOf(readme).length).toBeLessThanOrEqual(WORDS_AT_MOST);
});

it('begins with two commands that need no account', () => {
  const [first, second] = linesOf(readme, 'sh');
  expect([first, second]).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  expect(readme.indexOf('```sh')).toBeLessThan(1_000);
});

it.each(['Why', 'Does it work?', 'Safety', 'Cost', 'Configuration', 'Commands', 'Repository map', 'Limits'])(
  'has a section on %s',
  (heading) => {
    expect(readme).toContain(`\n## ${heading}\n`);
  },
);

it('names every folder of the product in its map', () => {
  const named = [...readme.matchAll(/^\| `([a-z]+)\/(?:[a-z]+\/)?` \|/gm)].map(([, folder]) => folder);
  expect(new Set(named)).toEqual(
    new Set(['infra', 'workflows', 'tasks', 'shared', 'sandbox', 'bench', 'cli', 'packaging', 'examples', 'test']),
  );
});

it('takes the figures of its cost table from the page that explains them', () => {
  const cost = read('docs/cost.md');
  const rows = [...readme.matchAll(/^\| ([\d,]+) \| (0\.\d+) \| (0\.\d+) \|/gm)];
  expect(rows).toHaveLength(3);
  for (const [, functions, night, perThousand] of rows)
    expect(cost).toMatch(new RegExp(`^\\| ${functions} \\| [\\d,]+ \\| \\d+ \\| ${night} \\| ${perThousand} \\|`, 'm'));
});
