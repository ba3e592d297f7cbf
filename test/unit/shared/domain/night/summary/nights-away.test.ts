import type { SourcesAwayRecord } from '../../../../../../shared/contracts/ledger.ts';
import { countNightsAway, longestAway, wasAnyAway } from '../../../../../../shared/domain/night/summary/nights-away.ts';

const away = (...names: string[]) => names.map((source) => ({ source, reason: 'denied' }));
const ASKED = ['Tags', 'Traffic', 'Callers'];

/** A night without some sources; the others were asked and answered. */
const night = (...names: string[]) => ({
  away: away(...names),
  answered: ASKED.filter((each) => !names.includes(each)),
});

/** What is known after nights on consecutive dates, each without some sources. */
const after = (...nights: string[][]) =>
  nights.reduce<SourcesAwayRecord | undefined>(
    (known, names, day) => countNightsAway(known, `2026-11-0${day + 1}`, night(...names)),
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

it('goes on counting after a night that had no reason to ask the source', () => {
  const two = after(['Callers'], ['Callers']);
  const unasked = countNightsAway(two, '2026-11-03', { away: [], answered: ['Tags'] });
  expect(unasked.nights).toEqual({ Callers: 2 });
  expect(countNightsAway(unasked, '2026-11-04', night('Callers')).nights).toEqual({ Callers: 3 });
});

it('takes a source for away that answered only at times', () => {
  const both = { away: away('Tags'), answered: ['Tags'] };
  expect(countNightsAway(after(['Tags']), '2026-11-02', both).nights).toEqual({ Tags: 2 });
});

it('counts a night once, however often it is run or summarized', () => {
  const two = after(['Tags'], ['Tags']);
  expect(countNightsAway(two, '2026-11-02', night('Tags')).nights).toEqual({ Tags: 2 });
  expect(countNightsAway(two, '2026-11-02', night()).nights).toEqual({});
  expect(countNightsAway(countNightsAway(two, '2026-11-02', night()), '2026-11-02', night('Tags')).nights).toEqual({
    Tags: 2,
  });
});

it('knows of an absence until the night after its end', () => {
  const told = (...nights: string[][]) => wasAnyAway(after(...nights)!);
  expect([told(['Tags']), told(['Tags'], []), told(['Tags'], [], [])]).toEqual([false, true, false]);
});

it('knows of an absence as well when its last night is run again', () => {
  const back = countNightsAway(after(['Tags']), '2026-11-02', night());
  expect(wasAnyAway(countNightsAway(back, '2026-11-02', night()))).toBe(true);
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
