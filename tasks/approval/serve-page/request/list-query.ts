import type { Assessment } from '../../../../shared/contracts/assessment.ts';
import { RISKS } from '../../../../shared/domain/approval/proposal/wording.ts';
import type { ProposalView } from '../view/proposal-view.ts';
import type { QuestionView } from '../view/question-view.ts';

/** Rows a page shows, with everything behind them: 1,000 at once would be megabytes. */
export const ROWS_PER_PAGE = 50;
const SEARCH_MAX_CHARS = 100;
/** An ARN of a function in another account or region, with room. */
const GROUP_MAX_CHARS = 300;

export const SORT_KEYS = ['saving', 'function', 'owner', 'memory', 'p95', 'risk', 'state'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export const STATE_FILTERS = ['open', 'approved', 'rejected', 'settled'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

/** How the list is shown; travels in the address, so that it works without scripts and survives the form. */
export interface ListQuery {
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly search: string;
  readonly state: StateFilter | undefined;
  readonly risk: Assessment['risk'] | undefined;
  readonly owner: string | undefined;
  /** Account and region, in the page's words. */
  readonly place: string | undefined;
  /** The name of a group whose functions are shown one by one. */
  readonly group: string | undefined;
  /** From 1. */
  readonly page: number;
}

const oneOf = <T extends string>(allowed: readonly T[], text: string | null): T | undefined =>
  allowed.find((each) => each === text);

/** Reads what an address says; what makes no sense counts as not said. */
export function readListQuery(query: URLSearchParams): ListQuery {
  const sort = oneOf(SORT_KEYS, query.get('sort')) ?? 'saving';
  const page = Number(query.get('page'));
  return {
    sort,
    descending: (oneOf(['asc', 'desc'] as const, query.get('order')) ?? defaultOrder(sort)) === 'desc',
    search: (query.get('q') ?? '').trim().slice(0, SEARCH_MAX_CHARS),
    state: oneOf(STATE_FILTERS, query.get('state')),
    risk: oneOf(RISKS, query.get('risk')),
    owner: query.get('owner')?.slice(0, SEARCH_MAX_CHARS * 2) || undefined,
    place: query.get('place')?.slice(0, SEARCH_MAX_CHARS) || undefined,
    group: query.get('group')?.slice(0, GROUP_MAX_CHARS) || undefined,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

const defaultOrder = (sort: SortKey): 'asc' | 'desc' => (sort === 'saving' || sort === 'memory' ? 'desc' : 'asc');

/** The fields that differ from the defaults, as name and value. */
export function listFields(query: ListQuery): [name: string, value: string][] {
  const order = query.descending ? 'desc' : 'asc';
  const fields: [string, string | undefined][] = [
    ['sort', query.sort === 'saving' ? undefined : query.sort],
    ['order', order === defaultOrder(query.sort) ? undefined : order],
    ['q', query.search || undefined],
    ['state', query.state],
    ['risk', query.risk],
    ['owner', query.owner],
    ['place', query.place],
    ['group', query.group],
    ['page', query.page === 1 ? undefined : String(query.page)],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== undefined);
}

/** `?sort=risk&page=2`, or nothing; `further` fields come last. */
export function toQueryString(query: ListQuery, further: Record<string, string> = {}): string {
  const text = new URLSearchParams([...listFields(query), ...Object.entries(further)]).toString();
  return text === '' ? '' : `?${text}`;
}

/** The same list sorted by another column, or the other way round; from its first page. */
export const sortedBy = (query: ListQuery, sort: SortKey): ListQuery => ({
  ...query,
  sort,
  descending: query.sort === sort ? !query.descending : defaultOrder(sort) === 'desc',
  page: 1,
});

export const isFiltered = (query: ListQuery): boolean =>
  query.search !== '' ||
  query.state !== undefined ||
  query.risk !== undefined ||
  query.owner !== undefined ||
  query.place !== undefined ||
  query.group !== undefined;

export function filterProposals(views: readonly ProposalView[], query: ListQuery): ProposalView[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  return views.filter(
    (view) =>
      (query.state === undefined || inState(view, query.state)) &&
      (query.risk === undefined || view.assessment.risk === query.risk) &&
      (query.owner === undefined || view.ownerName === query.owner) &&
      (query.place === undefined || view.placeName === query.place) &&
      (query.group === undefined || view.groupName === query.group) &&
      (words.length === 0 || contains(view, words)),
  );
}

function inState(view: ProposalView, state: StateFilter): boolean {
  if (state === 'open') return view.open;
  if (state === 'settled') return view.settled;
  return view.record.status === state;
}

function contains({ assessment, functionName, placeName, stage }: ProposalView, words: readonly string[]): boolean {
  const { owner, tags, reason } = assessment;
  const tagTexts = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const text = [functionName, placeName, owner.stackName, owner.team, owner.tool, stage, reason, ...tagTexts]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

const RANKS: Record<SortKey, (question: QuestionView) => number | string> = {
  saving: ({ savingsUsdPerMonth }) => savingsUsdPerMonth,
  function: ({ members: [first] }) => first.shortName,
  owner: ({ members: [first] }) => first.ownerName,
  memory: ({ members }) => members.reduce((sum, { assessment }) => sum + memoryGivenBackMb(assessment), 0),
  p95: ({ members }) => Math.max(...members.map((view) => view.p95Change?.share ?? Number.POSITIVE_INFINITY)),
  risk: ({ members: [first] }) => RISKS.indexOf(first.assessment.risk),
  state: ({ members }) => Math.min(...members.map((view) => (view.open ? 0 : view.settled ? 2 : 1))),
};

const memoryGivenBackMb = ({ current, recommended }: Assessment): number =>
  current.memorySizeMb - recommended.memorySizeMb;

/** Sorts by the query's column inside each account and region; equals by saving, then by name, so that the order never flickers. */
export function sortQuestions(questions: readonly QuestionView[], query: ListQuery): QuestionView[] {
  const rank = RANKS[query.sort];
  const direction = query.descending ? -1 : 1;
  const places = [...new Set(questions.map(({ placeName }) => placeName))];
  return questions.toSorted(
    (a, b) =>
      compare(places.indexOf(a.placeName), places.indexOf(b.placeName)) ||
      direction * compare(rank(a), rank(b)) ||
      b.savingsUsdPerMonth - a.savingsUsdPerMonth ||
      compare(a.members[0].functionName, b.members[0].functionName),
  );
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
