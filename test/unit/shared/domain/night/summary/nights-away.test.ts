import type { SourcesAwayRecord } from '../../../../../../shared/contracts/ledger.ts';
import { countNightsAway, longestAway } from '../../../../../../shared/domain/night/summary/nights-away.ts';

const away = (...names: string[]) => names.map((source) => ({ source, reason: 'denied' }));

/** What is known after nights on consecutive dates, each without some sources. */
const after = (...nights: string[][]) =>
  nights.reduce<SourcesAwayRecord | undefined>(
    (known, names, day) => countNightsAway(known, `2026-11-0${day + 1}`, away(...names)),
    undefined,
  );

it('counts the nights that one source has been away in a row', () => {
  expect(after(['Tags'], ['Tags', 'Traffic'], ['Tags'])?.nights).toEqual({ Tags: 3 });
});

it('takes three sources that were away for a night each for no source that was away for three', () => {
  expect(after(['Tags'], ['Traffic'], ['Callers'])?.nights).toEqual({ Callers: 1 });
});

it('begins anew once a source has answered', () => {
  expect(after(['Tags'], ['Tags'], [], ['Tags'])?.nights).toEqual({ Tags: 1 });
});

it('counts a night once, however often it is run or summarized', () => {
  const two = after(['Tags'], ['Tags']);
  expect(countNightsAway(two, '2026-11-02', away('Tags')).nights).toEqual({ Tags: 2 });
  expect(countNightsAway(two, '2026-11-02', []).nights).toEqual({});
  expect(countNightsAway(countNightsAway(two, '2026-11-02', []), '2026-11-02', away('Tags')).nights).toEqual({
    Tags: 2,
  });
});

it('publishes the longest absence of all', () => {
  const [tags, traffic] = away('Tags', 'Traffic');
  expect(
    longestAway([
      { ...tags!, nightsAway: 1 },
      { ...traffic!, nightsAway: 4 },
    ]),
  ).toBe(4);
  expect(longestAway([])).toBe(0);
});
