import { RISKS, riskWords } from '../../../../shared/domain/approval/proposal/wording.ts';
import { isFiltered, SORT_KEYS, type SortKey, STATE_FILTERS, type StateFilter } from '../request/list-query.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';

const SORT_WORDS: Record<SortKey, string> = {
  saving: 'largest saving',
  function: 'function name',
  owner: 'owner',
  memory: 'most memory given back',
  p95: 'p95 change',
  risk: 'lowest risk',
  state: 'open first',
};

const STATE_WORDS: Record<StateFilter, string> = {
  open: 'waiting',
  approved: 'approved',
  rejected: 'rejected',
  settled: 'settled',
};

/** Search and filters: a plain GET form, which the script sends by itself while somebody types. */
export function renderFilters({ query, views, pagePath }: PageModel): Html {
  const places = [...new Set(views.map((each) => each.placeName))].filter((each) => each !== '');
  const owners = [...new Set(views.map((each) => each.ownerName))].filter((each) => each !== '').toSorted();
  return html`<form class="filters" method="get" action="${pagePath}" role="search" id="filters">
<label class="search">Search <input type="search" name="q" value="${query.search}" maxlength="100" placeholder="function, stack, tag, reason"></label>
<label>State <select name="state">${options('any state', STATE_FILTERS, (each) => STATE_WORDS[each], query.state)}</select></label>
<label>Risk <select name="risk">${options('any risk', RISKS, riskWords, query.risk)}</select></label>
<label>Owner <select name="owner">${options('any owner', owners, (each) => each, query.owner)}</select></label>
${
  places.length > 1 &&
  html`<label>Account <select name="place">${options('every account', places, (each) => each, query.place)}</select></label>
`
}<label>Sort by <select name="sort">${SORT_KEYS.map((each) => option(each, SORT_WORDS[each], each === query.sort))}</select></label>
<button type="submit">Show</button>
<a class="reset" id="reset" href="${pagePath}"${hiddenUnless(isFiltered(query))}>Show all</a>
</form>`;
}

const hiddenUnless = (shown: boolean): Html => (shown ? html`` : html` hidden`);

function options<T extends string>(
  none: string,
  values: readonly T[],
  words: (value: T) => string,
  selected: string | undefined,
): Html {
  return html`${option('', none, selected === undefined)}${values.map((each) => option(each, words(each), each === selected))}`;
}

function option(value: string, words: string, selected: boolean): Html {
  return html`<option value="${value}"${selected && html` selected`}>${words}</option>`;
}
