import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../../..');

/** A file's text, by its path from the repository. */
export const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

export const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Markdown files directly in a folder. */
export const documentsIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder)).flatMap((file) => (file.endsWith('.md') ? [`${folder}/${file}`] : []));

/** Lines of the blocks that a fence like `sh` opens, continued lines joined and comments cut off. */
export const linesOf = (text: string, fence: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``, 'g'))].flatMap(([, block = '']) =>
    block
      .replace(/\\\n\s*/g, ' ')
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
      .filter(Boolean),
  );

/** As GitHub makes anchors of headings. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .trim()
    .replace(/ /g, '-');

/** Headings of any depth; what a shell block comments is none. */
export const headingsIn = (text: string): string[] =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** What stands under a heading, up to the next of any depth. */
export function sectionUnder(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  const rest = start === -1 ? [] : lines.slice(start + 1);
  const end = rest.findIndex(
    (line) => /^#{1,6} [A-Z]/.test(line) && headingsIn(text).includes(line.replace(/^#+ /, '')),
  );
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}
