import { placeWords, sectionsByPlace } from '../../../../../shared/domain/organization/place-words.ts';

const at = (account: string, region: string, name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;
const here = (name: string) => ({ functionName: name, functionArn: at('111111111111', 'us-east-1', name) });
const there = (account: string, region: string, name: string) => {
  const arn = at(account, region, name);
  return { functionName: arn, functionArn: arn };
};

it('is one section without a label where nothing is anywhere else', () => {
  const things = [here('b'), here('a')];
  expect(sectionsByPlace(things, { '111111111111': 'Platform' })).toEqual([{ label: '', things }]);
  expect(sectionsByPlace([], undefined)).toEqual([{ label: '', things: [] }]);
});

it('has the hub’s section first, and the others by label, each in the order given', () => {
  const [own, pay, buy, search] = [
    here('pay'),
    there('222222222222', 'us-west-2', 'pay'),
    there('222222222222', 'us-west-2', 'buy'),
    there('333333333333', 'us-east-1', 'search'),
  ];
  expect(sectionsByPlace([search, pay, own, buy], { '222222222222': 'Zebra' })).toEqual([
    { label: 'account 111111111111 in us-east-1', things: [own] },
    { label: 'Zebra (222222222222) in us-west-2', things: [pay, buy] },
    { label: 'account 333333333333 in us-east-1', things: [search] },
  ]);
});

it('has the hub’s section first whatever it is called', () => {
  const labels = (...things: ReturnType<typeof here>[]) =>
    sectionsByPlace(things, { '111111111111': 'Zulu', '222222222222': 'Alpha' }).map(({ label }) => label.slice(0, 11));
  const [alpha, other] = [there('222222222222', 'us-west-2', 'pay'), there('333333333333', 'us-east-1', 'search')];
  expect(labels(other, alpha, here('pay'))).toEqual(['Zulu (11111', 'Alpha (2222', 'account 333']);
  expect(labels(here('pay'), alpha, other)).toEqual(['Zulu (11111', 'Alpha (2222', 'account 333']);
});

it('says nothing of where a table is', () => {
  expect(placeWords({ functionArn: 'arn:aws:dynamodb:us-east-1:111111111111:table/orders' }, undefined)).toBe('');
});
