import type { Look } from '../../../../../../shared/contracts/look.ts';
import { looksOfPlacesAway } from '../../../../../../shared/domain/night/looks/looks-away.ts';
import { rememberLooks } from '../../../../../../shared/domain/night/looks/remember-looks.ts';

const run = { runDate: '2026-11-24', startedAt: '2026-11-24T02:00:00.000Z', policy: { lookbackDays: 14 } as never };
const there = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:222222222222:function:${name}`;
const look = (on = '2026-11-23'): Look => ({ on, lastModified: 'then', usdPerMonth: 1 });
const excluded = (functionName: string) =>
  ({ functionName, functionArn: 'arn', reason: 'OptedOut', message: '' }) as never;

describe('what is remembered of a place that did not answer tonight', () => {
  const former = { here: look(), [there('pay')]: look(), [there('pay', 'eu-west-1')]: look() };

  it('stays, as long as the place is not heard of', () => {
    const night = { assessed: [], excluded: [excluded('here'), excluded(there('other'))] };
    expect(looksOfPlacesAway(run, night, former)).toEqual({ [there('pay', 'eu-west-1')]: look() });
    expect(rememberLooks(run, night, [], former)).toEqual({ [there('pay', 'eu-west-1')]: look() });
  });

  it('is forgotten after a look-back without a word', () => {
    const night = { assessed: [], excluded: [] };
    const looks = { [there('kept')]: look('2026-11-10'), [there('gone')]: look('2026-11-09'), here: look() };
    expect(Object.keys(looksOfPlacesAway(run, night, looks))).toEqual([there('kept')]);
  });
});
