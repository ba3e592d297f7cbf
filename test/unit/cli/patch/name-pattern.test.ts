import fc from 'fast-check';
import { PLACEHOLDER } from '../../../../cli/patch/dialects/yaml-source.ts';
import { matchName, patternOf } from '../../../../cli/patch/locate/name-pattern.ts';

const text = fc.stringMatching(/^[a-z-]{1,6}$/);

it('fits every name that is made of the pattern, and calls it exact only without placeholders', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), text), { minLength: 1, maxLength: 6 }), (parts) => {
      const pattern = parts.map(([isHole, part]) => (isHole ? null : part));
      const name = parts.map(([, part]) => part).join('');
      const readable = pattern.some((part) => part !== null && /\w/.test(part));
      const expected = pattern.includes(null) ? (readable ? 'like' : undefined) : 'exact';
      expect(matchName(pattern, name)).toBe(expected);
    }),
  );
});

it.each([
  [['orders-', null, '-api'], 'orders--api'],
  [['orders-', null], 'orders-'],
  [[null, '-api'], 'orders-api-2'],
  [['orders'], 'orders-api'],
  [[null], 'anything'],
])('%j does not fit %s', (pattern, name) => {
  expect(matchName(pattern, name)).toBeUndefined();
});

it('takes no longer for many placeholders', () => {
  const pattern = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? null : '-'));
  expect(matchName([...pattern, 'x'], '-'.repeat(64))).toBeUndefined();
});

it('reads placeholders within placeholders', () => {
  expect(patternOf("a-${self:custom.${opt:stage, 'dev'}.name}-b", PLACEHOLDER)).toEqual(['a-', null, '-b']);
});
