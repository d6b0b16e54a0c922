// The page's own script: filters, deep links and the tree of files, over the data that stands in the page.
const FILES_AT_ONCE = 60;
const TESTS_AT_ONCE = 60;
const FILES_OPEN = 3;
const MEMBERS_SHOWN = 5;
const CONTROLS = ['q', 'status', 'class', 'marker', 'project'];
const ORDER = ['failed', 'flaky', 'unavailable', 'gated', 'skipped', 'passed'];
const form = document.getElementById('filters');
const list = document.getElementById('list');
const more = document.getElementById('more');
const found = document.getElementById('found');
let groups = [];
let shown = 0;

const fateOf = (test) => (test.flaky ? 'flaky' : test.status);

function textOf(test) {
  const { failure } = test;
  test.text ??= [
    test.id,
    test.reason,
    failure?.kind,
    failure?.evidence,
    failure?.message,
    failure?.diff,
    failure?.output,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  return test.text;
}

function matches(test, wanted) {
  const markers = test.markers ?? [];
  return (
    (!wanted.status || fateOf(test) === wanted.status) &&
    (!wanted.class || test.failure?.class === wanted.class) &&
    (!wanted.marker || (wanted.marker === 'none' ? markers.length === 0 : markers.includes(wanted.marker))) &&
    (!wanted.project || view.projects[test.project ?? 0] === wanted.project) &&
    (!wanted.q || textOf(test).includes(wanted.q.toLowerCase()))
  );
}

function wantedNow() {
  return Object.fromEntries(CONTROLS.map((name) => [name, form.elements[name].value.trim()]));
}

function apply() {
  const wanted = wantedNow();
  const matching = view.tests.filter((test) => matches(test, wanted));
  groups = groupsOf(matching);
  shown = 0;
  list.replaceChildren();
  showMore();
  found.textContent = `${matching.length} of ${view.tests.length} tests`;
  for (const button of document.querySelectorAll('[data-status]'))
    button.setAttribute('aria-pressed', String(button.dataset.status === wanted.status));
}

// Files with failures first, within a file its failures first.
function groupsOf(tests) {
  const byFile = new Map();
  for (const test of tests) {
    const group = byFile.get(test.file) ?? { path: test.path, tests: [], rank: ORDER.length };
    group.tests.push(test);
    group.rank = Math.min(group.rank, ORDER.indexOf(fateOf(test)));
    byFile.set(test.file, group);
  }
  const rank = (test) => ORDER.indexOf(fateOf(test));
  for (const { tests: own } of byFile.values())
    own.sort((one, other) => rank(one) - rank(other) || one.index - other.index);
  return [...byFile.values()].sort((one, other) => one.rank - other.rank);
}

function showMore() {
  const next = groups.slice(shown, shown + FILES_AT_ONCE);
  list.append(...next.map(fileRow));
  const first = shown;
  shown += next.length;
  // Few files stand open; of many only the first that need a look.
  if (first === 0)
    groups.slice(0, FILES_OPEN).forEach((group, index) => {
      if (groups.length <= FILES_OPEN || group.rank < 2) openFile(list.children[index], group);
    });
  const left = groups.length - shown;
  more.hidden = left === 0;
  more.textContent = `Show ${Math.min(left, FILES_AT_ONCE)} more of ${left} files`;
}

function fileRow(group) {
  const counts = ORDER.map((fate) => [fate, group.tests.filter((test) => fateOf(test) === fate).length]);
  const said = counts
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => element('span', { class: fate }, `${count} ${fate} `));
  const summary = element(
    'summary',
    {},
    element('span', { class: 'name' }, group.path),
    element('span', { class: 'tally' }, ...said),
  );
  const details = element('details', { class: 'group' }, summary);
  details.addEventListener('toggle', () => details.open && openFile(details, group));
  return details;
}

function openFile(details, group, upTo = TESTS_AT_ONCE) {
  details.open = true;
  const has = details.querySelectorAll(':scope > .test').length;
  if (has >= Math.min(upTo, group.tests.length)) return;
  details.querySelector(':scope > button')?.remove();
  let suite = has > 0 ? suiteOf(group.tests[has - 1]) : undefined;
  for (const test of group.tests.slice(has, upTo)) {
    if (suiteOf(test) !== suite) details.append(element('p', { class: 'suite soft' }, suiteOf(test)));
    suite = suiteOf(test);
    details.append(row(test));
  }
  const left = group.tests.length - upTo;
  if (left <= 0) return;
  const button = element(
    'button',
    { type: 'button' },
    `Show ${Math.min(left, TESTS_AT_ONCE)} more of ${left} tests`,
  );
  button.addEventListener('click', () => openFile(details, group, upTo + TESTS_AT_ONCE));
  details.append(button);
}

function suiteOf(test) {
  return test.name.split(' > ').slice(0, -1).join(' › ');
}

function toHash() {
  const set = Object.entries(wantedNow()).filter(([, value]) => value);
  const hash = new URLSearchParams(set).toString();
  // The address changes and nothing is loaded; a page of its own file may not do more.
  history.replaceState(null, '', hash ? `#${hash}` : '#');
}

function fromHash() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const id = parameters.get('test');
  for (const name of CONTROLS) form.elements[name].value = id === null ? (parameters.get(name) ?? '') : '';
  apply();
  if (id !== null) reveal(id);
}

function reveal(id) {
  const at = groups.findIndex(({ tests }) => tests.some((test) => test.id === id));
  if (at === -1) return;
  while (shown <= at) showMore();
  const group = groups[at];
  const index = group.tests.findIndex((test) => test.id === id);
  openFile(list.children[at], group, Math.max(TESTS_AT_ONCE, index + 1));
  const details = list.children[at].querySelector(`[data-index="${group.tests[index].index}"]`);
  fill(details, group.tests[index]);
  details.scrollIntoView({ block: 'center' });
  details.querySelector('summary').focus({ preventScroll: true });
}

// The tests of each cause, the first of the first ones opened.
function fillCauses() {
  document.querySelectorAll('.members').forEach((place, index) => {
    const tests = place.dataset.tests.split(' ').map((at) => view.tests[at]);
    const cause = { evidence: tests[0].failure?.evidence, count: tests.length };
    const show = (upTo) => {
      const rows = tests
        .slice(place.querySelectorAll(':scope > .test').length, upTo)
        .map((test) => row(test, cause));
      place.querySelector(':scope > button')?.remove();
      place.append(...rows);
      if (tests.length <= upTo) return;
      const button = element('button', { type: 'button' }, `Show the other ${tests.length - upTo}`);
      button.addEventListener('click', () => show(upTo + TESTS_AT_ONCE));
      place.append(button);
    };
    show(MEMBERS_SHOWN);
    if (index < FILES_OPEN) fill(place.firstElementChild, tests[0], cause);
  });
  for (const place of document.querySelectorAll('.again'))
    place.append(' ', copyButton('Copy', place.querySelector('code').textContent));
}

form.addEventListener('input', () => {
  apply();
  toHash();
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () =>
  setTimeout(() => {
    apply();
    toHash();
  }),
);
more.addEventListener('click', showMore);
for (const button of document.querySelectorAll('[data-status]')) {
  button.addEventListener('click', () => {
    const { status } = button.dataset;
    form.elements.status.value = form.elements.status.value === status ? '' : status;
    apply();
    toHash();
    document.getElementById('tests').scrollIntoView();
  });
}
window.addEventListener('hashchange', fromHash);
window.addEventListener('keydown', (event) => {
  if (
    event.key !== '/' ||
    event.ctrlKey ||
    event.metaKey ||
    /^(INPUT|SELECT)$/.test(document.activeElement?.tagName)
  )
    return;
  event.preventDefault();
  form.elements.q.focus();
});
fillCauses();
drawTimeline();
fromHash();
