import { withPlainCharacters } from '../../../infra/constructs/plain-characters.ts';

const LITERALS = [
  '"Savings — a month’s"',
  '`→ ${1 + 1} 🌙`',
  '/[“”]/.source',
  '/^🌙$/u.test("🌙")',
  'tag`night’s ${2} 🌙`',
];
const tag = (texts: TemplateStringsArray, ...values: unknown[]): unknown => [[...texts], values];
const evaluated = (code: string): unknown => new Function('tag', `return ${code};`)(tag);

describe('withPlainCharacters', () => {
  it.each(LITERALS)('says the same in ASCII: %s', (literal) => {
    const plain = withPlainCharacters(literal);
    expect(plain).toMatch(/^[\0-\x7f]+$/);
    if (!literal.includes('.source')) expect(evaluated(plain)).toEqual(evaluated(literal));
  });
});
