/**
 * What scripts add to a page that works without them: times in the reader's zone, lists that change without loading
 * the page anew (by fetching the very same addresses), counts on the buttons, news as they happen. It only ever sends
 * GET; deciding is left to the form. Plain text in the bundle, so that its hash can stand in the policy.
 */
export const PAGE_SCRIPT = `
(() => {
'use strict';
const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const list = find('#list');
if (!list) return;
const form = find('#decide');
const filters = find('#filters');
const notices = find('#notices');
const bar = find('#bar');
const chosen = new Set();
const served = new WeakMap();

const zone = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
function dress(root) {
  if (root.matches('[data-live]')) served.set(root, root.outerHTML);
  findAll('[data-live]', root).forEach((each) => served.set(each, each.outerHTML));
  findAll('time', root).forEach((each) => { each.title = each.textContent; each.textContent = zone.format(new Date(each.dateTime)); });
  findAll('.patch', root).forEach(offerCopy);
  const everything = find('#everything', root);
  if (everything) everything.hidden = false;
  findAll('[data-group]', root).forEach((each) => { each.hidden = false; });
}

function offerCopy(patch) {
  if (!navigator.clipboard) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy patch';
  button.addEventListener('click', async () => {
    try { await navigator.clipboard.writeText(patch.textContent); button.textContent = 'Copied'; }
    catch { button.textContent = 'Not possible here'; }
  });
  patch.after(button);
}

const picks = () => findAll('.pick input[name=functionName]');
const picksOf = (box) => box.id === 'everything' ? picks() : findAll('.members .pick input', box.closest('tbody'));
const everyOpen = () => find('input[name=all]');

function keepChosen() {
  findAll('.kept').forEach((each) => each.remove());
  if (!form) return;
  const shown = new Set(picks().map((each) => each.value));
  for (const name of chosen) {
    if (shown.has(name)) continue;
    const kept = document.createElement('input');
    kept.type = 'hidden'; kept.name = 'functionName'; kept.value = name; kept.className = 'kept';
    form.append(kept);
  }
  picks().forEach((each) => { each.checked = chosen.has(each.value); });
}

function count() {
  if (!bar) return;
  const all = everyOpen();
  const amount = all && all.checked ? Number(all.dataset.count) : chosen.size;
  findAll('.actions button', bar).forEach((each) => {
    each.disabled = amount === 0;
    find('.amount', each).textContent = amount === 0 ? 'selected' : all && all.checked ? 'all ' + amount : amount;
  });
  findAll('#everything, [data-group]').forEach((box) => {
    const boxes = picksOf(box);
    const ticked = boxes.filter((each) => each.checked).length;
    box.disabled = boxes.length === 0;
    box.checked = ticked > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  });
}

function replaceLive(next, sameList) {
  const fresh = new Map(findAll('[data-live]', next).map((each) => [each.dataset.live, each]));
  findAll('[data-live]').forEach((each) => {
    const other = fresh.get(each.dataset.live);
    if (!other || served.get(each) === other.outerHTML) return;
    const all = find('input[name=all]', each);
    const focused = all !== null && all === document.activeElement;
    const ticked = all !== null && all.checked && sameList;
    each.replaceWith(other);
    dress(other);
    const next = find('input[name=all]', other);
    if (next && ticked) next.checked = true;
    if (next && focused) next.focus();
  });
  const gone = picks().map((each) => each.value);
  findAll('[data-live^="state "]').forEach((each) => {
    const name = each.dataset.live.slice(6);
    if (!gone.includes(name)) chosen.delete(name);
  });
  keepChosen();
  count();
}

async function load(address) {
  const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function say(words) {
  const notice = document.createElement('p');
  notice.className = 'notice stale';
  notice.textContent = words;
  notices.replaceChildren(notice);
}

const placeOf = ({ pathname, search }) => pathname + search;
let shown = placeOf(location);
let latest = 0;
async function showList(address, remember) {
  const mine = ++latest;
  try {
    const next = await load(address);
    if (mine !== latest) return;
    const focused = document.activeElement && list.contains(document.activeElement) ? document.activeElement.textContent.replace(/[ ↑↓]+$/, '') : null;
    list.replaceChildren(...find('#list', next).childNodes);
    find('#reset').hidden = find('#reset', next).hidden;
    const sort = find('select[name=sort]', next);
    if (sort) find('select[name=sort]', filters).value = sort.value;
    dress(list);
    replaceLive(next, false);
    if (remember) history.pushState(null, '', address);
    shown = placeOf(location);
    if (focused) (findAll('[data-list]', list).find((each) => each.textContent.startsWith(focused)) || find('#proposals')).focus();
  } catch { location.assign(address); }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-list]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  showList(link.href, true);
});

function filteredAddress() {
  const fields = [...new FormData(filters)].filter(([name, value]) => value !== '' && !(name === 'sort' && value === 'saving'));
  const query = new URLSearchParams(fields).toString();
  return filters.getAttribute('action') + (query === '' ? '' : '?' + query);
}
let typing;
filters.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => showList(filteredAddress(), true), 250);
});
filters.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  showList(filteredAddress(), true);
});
window.addEventListener('popstate', () => { if (placeOf(location) !== shown) location.reload(); });

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box.name === 'functionName') { if (box.checked) chosen.add(box.value); else chosen.delete(box.value); }
  if (box.id === 'everything' || 'group' in box.dataset) {
    picksOf(box).forEach((each) => { each.checked = box.checked; if (box.checked) chosen.add(each.value); else chosen.delete(each.value); });
  }
  count();
});

if (form) {
  const NAME = 'rightsizer-name';
  const name = find('input[name=name]', form);
  try { if (name && !name.value) name.value = localStorage.getItem(NAME) || ''; } catch {}
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    try { if (name) localStorage.setItem(NAME, name.value); } catch {}
  });
  window.addEventListener('pageshow', () => { sent = false; });
}

const NEWS_EVERY_MS = 20000;
async function lookForNews() {
  const unsettled = Number(find('[data-live=summary]').dataset.unsettled);
  if (unsettled === 0) return;
  if (document.visibilityState === 'visible') {
    try {
      const address = new URL(location.href);
      address.searchParams.delete('result');
      const next = await load(address);
      if (form && !find('#decide', next)) { location.assign(address); return; }
      replaceLive(next, true);
    } catch { say('This page no longer hears the news. Load it again to see where things stand.'); return; }
  }
  setTimeout(lookForNews, NEWS_EVERY_MS);
}

dress(document.body);
find('button', filters).hidden = true;
picks().forEach((each) => { if (each.checked) chosen.add(each.value); });
count();
const plain = new URL(location.href);
if (plain.searchParams.has('result')) { plain.searchParams.delete('result'); history.replaceState(null, '', plain); shown = placeOf(location); }
setTimeout(lookForNews, NEWS_EVERY_MS);
})();
`;
