import conditionParser from 'dynalite/db/conditionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import { type ParseContext, remembering } from '../../../../sandbox/account/dynamodb/remembered-expressions.ts';

const NAMES = { '#s': 'status', '#o': 'open', '#never': 'never' };
const VALUES = { ':a': { S: 'pending' }, ':n': { N: '3' }, ':never': { BOOL: true } };

/** What dynalite tells its parsers besides; its own list of reserved words does not matter here. */
const TOLD = {
  isReserved: (word: string) => word === 'status',
  compare: (_: string, one: { N: string }, other: { N: string }) => one.N > other.N,
};

const context = (attrVals: Record<string, object> = VALUES): ParseContext & object => ({
  attrNames: NAMES,
  attrVals,
  unusedAttrNames: { '#s': true, '#o': true, '#never': true },
  unusedAttrVals: { ':a': true, ':n': true, ':never': true },
  ...TOLD,
});

type Parser = typeof conditionParser;

/** What comes of an expression, and what it leaves unused. */
function outcome(parse: Parser['parse'], expression: string, asked = context()) {
  try {
    return { parsed: parse(expression, { context: asked }), asked };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const CONDITIONS = [
  'attribute_not_exists(pk) OR #s = :a',
  '(#s = :a AND #o < :n) OR NOT contains(tags, :a)',
  'size(#o) >= :n',
  '#s IN (:a, :n)',
  '#o BETWEEN :n AND :n',
  'attribute_type(#s, :a)',
  'begins_with(#s, :n)',
  '#s = #s',
  'status = :a',
  '#missing = :a',
  '#s = :missing',
  '((#s = :a))',
  'unheard(#s)',
  '#s = ',
];
const UPDATES = [
  'SET #s = :a, #o = if_not_exists(#o, :n) REMOVE old',
  'ADD #o :n SET #s = :a',
  'ADD #o :a',
  'SET #s = :a, #s = :n',
  'SET #s.inner = :a',
  'SET status = :a',
  'SET #s',
];
const ALL = [
  ...CONDITIONS.map((expression) => [expression, conditionParser] as const),
  ...UPDATES.map((expression) => [expression, updateParser] as const),
];

describe('remembered expressions', () => {
  it.each(ALL)('mean what they mean parsed anew: %s', (expression, parser) => {
    const parse = remembering(parser.parse);
    const anew = outcome(parser.parse, expression);
    expect(outcome(parse, expression)).toEqual(anew);
    expect(outcome(parse, expression)).toEqual(anew);
  });

  it('parse an expression once for calls with other values, and give each its own', () => {
    const parse = jest.fn(conditionParser.parse);
    const remembered = remembering(parse);
    outcome(remembered, '#s = :a');
    const other = context({ ...VALUES, ':a': { S: 'approved' } });
    expect(outcome(remembered, '#s = :a', other).parsed).toMatchObject({
      expression: { type: '=', args: [['status'], { S: 'approved' }] },
    });
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it('parse anew where a value has another type', () => {
    const remembered = remembering(conditionParser.parse);
    outcome(remembered, 'begins_with(#s, :a)');
    const other = context({ ...VALUES, ':a': { N: '1' } });
    expect(outcome(remembered, 'begins_with(#s, :a)', other).parsed).toMatch(/Incorrect operand type/);
  });

  it('do not keep what is changed in what they gave', () => {
    const remembered = remembering(updateParser.parse);
    const { parsed } = outcome(remembered, 'SET #s = :a') as { parsed: { sections: { val: unknown }[] } };
    parsed.sections[0]!.val = 'changed';
    expect(outcome(remembered, 'SET #s = :a').parsed).toMatchObject({ sections: [{ val: { S: 'pending' } }] });
  });
});
