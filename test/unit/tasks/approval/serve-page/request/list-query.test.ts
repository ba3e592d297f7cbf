import {
  filterProposals,
  readListQuery,
  SORT_KEYS,
  sortedBy,
  sortQuestions,
  toQueryString,
} from '../../../../../../tasks/approval/serve-page/request/list-query.ts';
import { viewProposals } from '../../../../../../tasks/approval/serve-page/view/proposal-view.ts';
import { viewQuestions } from '../../../../../../tasks/approval/serve-page/view/question-view.ts';
import { fixtureProposals, MORNING_MS } from '../../../../../support/page/fixture-run.ts';

const proposals = fixtureProposals(40).map((each, index) =>
  index % 4 === 0 ? { ...each, status: 'expired' as const } : each,
);
const views = viewProposals(proposals, [], MORNING_MS);
const questions = viewQuestions(views, { apart: true });
const sorted = (...[text]: Parameters<typeof query>) =>
  sortQuestions(questions, query(text)).map(({ members: [view] }) => view);
const query = (text = '') => readListQuery(new URLSearchParams(text));

describe('list query', () => {
  it('shows everything by largest saving unless told otherwise', () => {
    expect(query()).toEqual({
      sort: 'saving',
      descending: true,
      search: '',
      page: 1,
      state: undefined,
      risk: undefined,
      owner: undefined,
      place: undefined,
      group: undefined,
    });
    expect(toQueryString(query())).toBe('');
  });

  it.each(['sort=risk', 'sort=saving&order=asc', 'q=a+b&state=open&risk=High&owner=orders-prod&page=3'])(
    'survives the address as %s',
    (text) => {
      expect(query(toQueryString(query(text)).slice(1))).toEqual(query(text));
    },
  );

  it.each(['sort=__proto__', 'order=up', 'state=gone', 'risk=low', 'page=-1', 'page=1.5', 'page=Infinity', 'page=x'])(
    'takes %s as not said',
    (text) => {
      expect(query(text)).toEqual(query());
    },
  );

  it('cuts a search that is too long', () => {
    expect(query(`q=${'x'.repeat(5000)}`).search).toHaveLength(100);
  });

  it('turns the order around when the same column is asked for again, and starts at its first page', () => {
    const again = sortedBy(query('page=4'), 'saving');
    expect(again).toMatchObject({ sort: 'saving', descending: false, page: 1 });
    expect(sortedBy(again, 'function')).toMatchObject({ sort: 'function', descending: false });
  });

  it.each(SORT_KEYS)('sorting by %s keeps every proposal and is turned around by the other order', (sort) => {
    const up = sorted(`sort=${sort}&order=asc`);
    const down = sorted(`sort=${sort}&order=desc`);
    expect(new Set(up)).toEqual(new Set(views));
    expect(up).not.toEqual(down);
  });

  it('sorts savings, names and risks in their own order', () => {
    const savings = sorted().map((each) => each.savingsUsdPerMonth);
    expect(savings).toEqual(savings.toSorted((a, b) => b - a));
    const names = sorted('sort=function').map((each) => each.functionName);
    expect(names).toEqual(names.toSorted());
    const risks = sorted('sort=risk').map((each) => each.assessment.risk);
    expect(risks.join(' ')).toMatch(/^(VeryLow ?)+(Low ?)+(Medium ?)+(High ?)+$/);
  });

  it.each([
    ['state=open', (each: (typeof views)[number]) => each.open],
    ['state=settled', (each: (typeof views)[number]) => !each.open],
    ['risk=High', (each: (typeof views)[number]) => each.assessment.risk === 'High'],
    ['owner=payments-prod', (each: (typeof views)[number]) => each.ownerName === 'payments-prod'],
    ['q=PAYMENTS', (each: (typeof views)[number]) => each.functionName.includes('payments')],
    ['q=team%3Dmedia', (each: (typeof views)[number]) => each.assessment.tags['team'] === 'media'],
    [
      'q=resize+terraform',
      (each: (typeof views)[number]) =>
        each.functionName.includes('resize') && each.assessment.owner.tool === 'terraform',
    ],
  ])('filters by %s', (text, expected) => {
    const kept = filterProposals(views, query(text));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(views.filter(expected));
  });

  it('finds nothing where nothing matches', () => {
    expect(filterProposals(views, query('q=nosuchfunction'))).toEqual([]);
  });
});
