import {
  bareName,
  byPlace,
  FUNCTION_NAME_OR_ARN,
  placeKey,
  placeLabel,
  placeOf,
  spokenName,
} from '../../../../../shared/domain/organization/place.ts';

const ARN = 'arn:aws:lambda:us-west-2:222222222222:function:pay';
const PLACE = { accountId: '222222222222', region: 'us-west-2' };

it.each([
  ['pay', undefined, 'pay'],
  [ARN, PLACE, 'pay'],
  [`${ARN}:7`, PLACE, 'pay'],
  ['arn:aws-cn:lambda:cn-north-1:222222222222:function:pay', { ...PLACE, region: 'cn-north-1' }, 'pay'],
  // A name with its version is the hub's own.
  ['pay:7', undefined, 'pay:7'],
])('knows where %s is, and what it is called there', (functionName, place, name) => {
  expect(placeOf(functionName)).toEqual(place);
  expect(bareName(functionName)).toBe(name);
});

it('groups by place, the hub first and the others as they come', () => {
  const there = 'arn:aws:lambda:eu-west-1:222222222222:function:pay';
  expect(byPlace([ARN, 'pay', there, 'search', `${ARN}ments`], (name) => name)).toEqual([
    { place: undefined, things: ['pay', 'search'] },
    { place: PLACE, things: [ARN, `${ARN}ments`] },
    { place: { ...PLACE, region: 'eu-west-1' }, things: [there] },
  ]);
});

it('says a place with the account’s name where it has one', () => {
  expect(placeLabel(PLACE)).toBe('account 222222222222 in us-west-2');
  expect(placeLabel(PLACE, { '222222222222': 'Payments' })).toBe('Payments (222222222222) in us-west-2');
  expect([placeKey(undefined), placeKey(PLACE)]).toEqual(['', '222222222222/us-west-2']);
});

it.each([
  ['pay', true],
  [ARN, true],
  [`${ARN}:7`, false],
  ['arn:aws:lambda:us-west-2:22:function:pay', false],
  ['arn:aws:s3:::bucket', false],
  ['a b', false],
  ['', false],
])('takes %j for a function: %s', (text, is) => {
  expect(FUNCTION_NAME_OR_ARN.test(text)).toBe(is);
});

it('says where a function is only where it is not the hub’s own', () => {
  expect([spokenName('pay'), spokenName(ARN)]).toEqual(['pay', 'pay (222222222222, us-west-2)']);
});
