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
