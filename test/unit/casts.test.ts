import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const ROOMS = ['infra', 'workflows', 'tasks', 'shared', 'sandbox', 'bench', 'cli', 'packaging'];
/** A cast through `unknown`, or the type `any`, in code. */
const CAST = /\bas unknown as\b|\bas any\b|:\s*any\b|<any\b/;
/** How far above a cast its reason may stand: a call of a few lines has its comment above the first. */
const LINES_ABOVE = 4;

const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);

/** Casts of a source that have no comment beside them, as `line: text`. */
function unexplained(source: string): string[] {
  const lines = source.split('\n');
  return lines.flatMap((line, at) => {
    if (isComment(line) || !CAST.test(line)) return [];
    const explained = lines.slice(Math.max(0, at - LINES_ABOVE), at).some(isComment) || line.includes(' // ');
    return explained ? [] : [`${at + 1}: ${line.trim()}`];
  });
}

it('finds a cast without a reason', () => {
  expect(unexplained('const a = 1;\n\n\n\nconst b = a as unknown as string;')).toHaveLength(1);
  expect(unexplained('// the SDK says so\nconst b = a as unknown as string;')).toEqual([]);
});

it.each(ROOMS)('%s gives a reason beside every cast', (room) => {
  const files = readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(0);
  const found = files.flatMap((file) =>
    unexplained(readFileSync(path.join(ROOT, room, file), 'utf8')).map((each) => `${room}/${file}:${each}`),
  );
  expect(found).toEqual([]);
});
