import type { MapFunction } from '../../../../../../shared/domain/night/report-page/account-map.ts';
import { estimateChart } from '../../../../../../shared/domain/night/report-page/charts/estimate-chart.ts';
import { fateBar } from '../../../../../../shared/domain/night/report-page/charts/fate-bar.ts';
import { thinned } from '../../../../../../shared/domain/night/report-page/charts/frame.ts';
import { mapChart } from '../../../../../../shared/domain/night/report-page/charts/map-chart.ts';
import { proofChart } from '../../../../../../shared/domain/night/report-page/charts/proof-chart.ts';

/** Labels with their place, and whether a phone leaves them out. */
const labels = (svg: string, anchor: 'end' | 'middle'): string[] =>
  [...svg.matchAll(/<text class="(tick|minor)" text-anchor="(\w+)" x="([\d.]+)" y="([\d.]+)">([^<]*)/g)]
    .filter(([, , where]) => where === anchor)
    .map(([, kind, where, x, y, text]) => `${kind === 'minor' ? '(' : ''}${text} at ${where === 'end' ? y : x}`);
const pathOf = (svg: string, kind: string): string | undefined =>
  new RegExp(`<path class="${kind}" d="([^"]*)"`).exec(svg)?.[1];
const wordsOf = (svg: string): string => /aria-label="([^"]*)"/.exec(svg)![1]!;

describe('the chart of what is proven', () => {
  const night = (runDate: string, provenUsdPerMonth: number, estimatedUsdPerMonth: number, unproven: number) => ({
    ...{ runId: runDate, runDate, provenUsdPerMonth, estimatedUsdPerMonth, unprovenUsdPerMonth: unproven },
    ...{ verifiedCount: 1, verifiedTonight: 1, rolledBackTonight: 0 },
  });
  const draw = () =>
    proofChart([night('2026-11-01', 0, 0, 20), night('2026-11-02', 10, 15, 10), night('2026-11-04', 30, 40, 10)]).text;

  it('steps from night to night, with a day of air after the last', () => {
    // From 76 to 664 lie four days, from 300 up to 16 forty dollars.
    expect(pathOf(draw(), 'proven')).toMatch(/^M76,300L223,300L223,229L517,229L517,87L664,87/);
    expect(pathOf(draw(), 'unproven')).toMatch(/^M76,158L223,158L223,158L517,158L517,16L664,16/);
    expect(pathOf(draw(), 'estimated')).toBe('M76,300L223,300L223,193.5L517,193.5L517,16L664,16L664,16');
    expect(labels(draw(), 'middle')).toEqual(['1 Nov at 76', '2 Nov at 223', '4 Nov at 517']);
    expect(labels(draw(), 'end')).toEqual(['$0 at 304', '$10 at 233', '$20 at 162', '$30 at 91', '$40 at 20']);
  });

  it('says in words what it shows', () => {
    expect(wordsOf(draw())).toBe(
      'Savings a month from 2026-11-01 to 2026-11-04: proven $0.00 at first and $30.00 at last, where $40.00 had been estimated; $10.00 more is estimated and not proven.',
    );
  });

  it('goes below zero where production showed a loss, and has a scale where there is nothing', () => {
    expect(labels(proofChart([night('2026-11-01', -10, 10, 0)]).text, 'end').map((each) => each.split(' ')[0])).toEqual(
      [...['−$10', '−$5', '$0', '$5', '$10']],
    );
    expect(labels(proofChart([night('2026-11-01', 0, 0, 0)]).text, 'end').at(-1)).toBe('$1 at 20');
  });

  it('labels a date once, and no more of them than fit', () => {
    const nights = Array.from({ length: 17 }, (_, day) =>
      night(`2026-11-${String(day + 1).padStart(2, '0')}`, 1, 1, 1),
    );
    const dates = labels(proofChart([nights[0]!, ...nights]).text, 'middle').map((each) => each.split(' at')[0]);
    expect(dates).toEqual(['1 Nov', '(4 Nov', '7 Nov', '(10 Nov', '13 Nov', '(16 Nov']);
  });
});

describe('the chart of estimates', () => {
  const pair = (functionName: string, estimatedUsdPerMonth: number, realizedUsdPerMonth: number) => ({
    ...{ functionName, estimatedUsdPerMonth, realizedUsdPerMonth },
  });
  const draw = () => estimateChart([pair('a', 10, 9), pair('b', 1, -2), pair('c', 100, 100)]).text;

  it('puts each change across by its estimate and up by its measurement, on the diagonal where they agree', () => {
    expect([...draw().matchAll(/<circle class="pair" cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [x, y])).toEqual(
      [
        ['467.2', '115'],
        ['307.5', '295.5'],
        ['652.6', '21.5'],
      ],
    );
    expect(pathOf(draw(), 'diagonal')).toBe('M85.3 295.5L664 16');
    expect(draw()).toContain('<title>b: $1.00 estimated, −$2.00 measured</title>');
  });

  it('labels both axes alike, and says how many kept their promise', () => {
    const levels = (anchor: 'end' | 'middle') => labels(draw(), anchor).map((each) => each.split(' at')[0]);
    expect(levels('middle')).toEqual(['−$1', '$0', '$1', '$10', '$100']);
    expect(levels('end')).toEqual(levels('middle'));
    expect(wordsOf(draw())).toBe(
      '3 verified changes, estimated against measured savings: 1 measured at least what was estimated. From −$2.00 to $100.00 a month.',
    );
  });
});

describe('the map', () => {
  const fn = (functionName: string, kind: MapFunction['kind'], costUsdPerMonth: number, wasteUsdPerMonth: number) => ({
    ...{ functionName, kind, costUsdPerMonth, wasteUsdPerMonth },
  });
  const draw = (...functions: MapFunction[]) => mapChart({ functions, withoutPlace: 0 }).text;
  const marks = (svg: string) =>
    [...svg.matchAll(/<path class="(changed|proposed|kept)" transform="translate\(([\d.]+) ([\d.]+)\)/g)].map(
      ([, kind, x, y]) => `${kind} ${x} ${y}`,
    );
  const names = (svg: string) =>
    [...svg.matchAll(/<text class="name" text-anchor="(\w+)" x="([\d.]+)" y="([\d.]+)">([^<]*)/g)].map((each) =>
      each.slice(1).join(' '),
    );
  const large = fn('large', 'changed', 100, 40);
  const three = () => draw(large, fn('small', 'proposed', 1, 0.9), fn('free', 'kept', 0.001, 0));

  it('puts each function across by its cost and up by the share that is wasted, the largest waste on top', () => {
    // From 76 to 664 lies a cent to 120 dollars, from 470 up to 16 nothing to 99 %.
    expect(marks(three())).toEqual(['kept 76 470', 'proposed 364.3 57.3', 'changed 652.6 286.6']);
    expect(labels(three(), 'middle')).toEqual([
      ...['$0.01 at 76', '($0.10 at 220.1', '$1 at 364.3', '($10 at 508.4', '$100 at 652.6'],
    ]);
    expect(labels(three(), 'end').map((each) => each.split(' at')[0])).toEqual(['0%', '20%', '40%', '60%', '80%']);
    expect(three()).toContain('<title>small: $1.00 a month, $0.90 of it too much</title>');
  });

  it('draws lines of equal waste from the top to the right edge', () => {
    const equal = [
      ...three().matchAll(/<path class="equal" d="([^"]*)"\/><text class="equal" x="([\d.]+)" y="24">([^<]*)/g),
    ];
    expect(equal.map(([, path, x, text]) => [path!.slice(0, 9), path!.split('L').length, x, text])).toEqual([
      ['M220.8,16', 25, '224.8', '$0.10'],
      ['M364.9,16', 25, '368.9', '$1'],
      ['M509.1,16', 25, '513.1', '$10'],
      ['M653.2,16', 25, '657.2', '$100'],
    ]);
    expect(equal[3]![1]).toMatch(/L664,87\.8$/);
  });

  it('names the largest wastes on the side that has room, and none over another', () => {
    expect(names(three())).toEqual(['end 643.6 290.6 large', 'start 373.3 61.3 small']);
    expect(names(draw(large, fn('beside', 'kept', 50, 20), fn('x'.repeat(40), 'kept', 50, 25)))).toEqual([
      expect.stringMatching(/ large$/),
      expect.stringMatching(` ${'x'.repeat(33)}…$`),
    ]);
    const six = [90, 75, 60, 45, 30, 15].map((share) => fn(`at-${share}`, 'kept', 100, share));
    expect(names(draw(...six))).toHaveLength(5);
    expect(names(draw(fn('nothing', 'kept', 1, 0)))).toEqual([]);
  });

  it('says in words what it shows', () => {
    expect(wordsOf(three())).toBe(
      'Map of 3 functions by cost and by the share of it that is wasted. The largest waste: large, $40.00 of $100.00 a month.',
    );
    expect(wordsOf(draw())).toBe('No function could be placed tonight.');
  });

  it('has a mark of its own for each of 1,200 functions; of more, for the first three hundred', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => fn(`f${at}`, 'kept', 10, 0));
    expect(marks(draw(...many(1_200)))).toHaveLength(1_200);
    const together = draw(...many(1_201));
    expect(marks(together)).toHaveLength(300);
    expect(together.match(/<circle[^>]*>(<title>[^<]*)/g)).toEqual([
      '<circle class="kept" cx="648.9" cy="470" r="14"><title>901 functions',
    ]);
  });
});

it('draws every fate as wide as it is frequent, and the smallest visibly', () => {
  const widths = (...counts: number[]) =>
    [...fateBar(counts.map((count) => ({ name: 'right', count }))).text.matchAll(/x="([\d.]+)" width="([\d.]+)"/g)].map(
      ([, x, width]) => `${x} ${width}`,
    );
  expect(widths(1, 2, 1)).toEqual(['0 168', '170 338', '510 168']);
  expect(widths(1, 9_999)).toEqual(['0 1', '0.1 677.9']);
  expect(fateBar([]).text).toContain('class="fates"');
});

it('leaves out labels evenly on a phone', () => {
  const minor = (count: number, kept?: number) =>
    thinned(new Array(count).fill({ at: 0, label: '' }), kept)
      .map((tick) => (tick.minor ? '-' : 'x'))
      .join('');
  expect([minor(0), minor(4), minor(5), minor(9), minor(5, 5)]).toEqual(['', 'xxxx', 'x-x-x', 'x--x--x--', 'xxxxx']);
});
