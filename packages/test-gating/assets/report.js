// The page's own script: filters, deep links and the timeline, over the data that stands in the page.
const view = JSON.parse(document.getElementById('data').textContent);
const PAGE_SIZE = 200;
const CONTROLS = ['q', 'status', 'class', 'marker', 'project'];
const form = document.getElementById('filters');
const list = document.getElementById('list');
const more = document.getElementById('more');
const found = document.getElementById('found');
let matching = [];
let shown = 0;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function matches(test, wanted) {
  return (
    (!wanted.status || test.status === wanted.status || (wanted.status === 'flaky' && test.flaky)) &&
    (!wanted.class || test.class === wanted.class) &&
    (!wanted.marker ||
      (wanted.marker === 'none' ? test.markers.length === 0 : test.markers.includes(wanted.marker))) &&
    (!wanted.project || test.project === wanted.project) &&
    (!wanted.q || test.id.toLowerCase().includes(wanted.q.toLowerCase()))
  );
}

function wantedNow() {
  return Object.fromEntries(CONTROLS.map((name) => [name, form.elements[name].value.trim()]));
}

function apply() {
  const wanted = wantedNow();
  matching = view.tests.filter((test) => matches(test, wanted));
  shown = 0;
  list.replaceChildren();
  showMore();
  found.textContent = `${matching.length} of ${view.tests.length} tests`;
  for (const button of document.querySelectorAll('[data-status]')) {
    button.setAttribute('aria-pressed', String(button.dataset.status === wanted.status));
  }
}

function showMore() {
  const next = matching.slice(shown, shown + PAGE_SIZE);
  list.append(...next.map(row));
  shown += next.length;
  const left = matching.length - shown;
  more.hidden = left === 0;
  more.textContent = `Show ${Math.min(left, PAGE_SIZE)} more of ${left}`;
}

function row(test) {
  const details = element('details', { id: `test-${test.index}` });
  details.append(
    element(
      'summary',
      {},
      element(
        'span',
        { class: `status ${test.flaky ? 'unavailable' : test.class || test.status}` },
        test.flaky ? 'flaky' : test.kind ? test.kind.split(' / ')[0] : test.status,
      ),
      element('span', { class: 'name' }, test.name, element('span', { class: 'file' }, test.file)),
      element('span', { class: 'soft' }, test.ran ? `${test.durationMs} ms` : ''),
    ),
  );
  // What is inside is made when somebody looks at it: a run may hold thousands.
  details.addEventListener(
    'toggle',
    () => details.open && details.childElementCount === 1 && fill(details, test),
    {
      once: true,
    },
  );
  return details;
}

function fill(details, test) {
  const line = (label, value) => element('p', {}, element('span', { class: 'soft' }, `${label}  `), value);
  const code = (label, value) => line(label, element('code', {}, value));
  details.append(code('id', test.id));
  if (test.markers.length > 0) details.append(line('markers', test.markers.join(', ')));
  if (test.backend) details.append(line('backend', test.backend));
  if (test.reason) details.append(line('why', test.reason));
  if (test.kind)
    details.append(line('whose fault', test.kind), line('evidence', test.evidence), line('fix', test.remedy));
  if (test.detail) details.append(element('pre', { tabindex: '0' }, test.detail));
  details.append(code('again', test.again));
  const link = element('a', { href: `#test=${encodeURIComponent(test.id)}` }, 'link to this test');
  details.append(element('p', {}, link));
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
  const at = matching.findIndex((test) => test.id === id);
  if (at === -1) return;
  while (shown <= at) showMore();
  const details = list.children[at];
  details.open = true;
  details.scrollIntoView({ block: 'center' });
  details.querySelector('summary').focus({ preventScroll: true });
}

function svg(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// A lane for each file, the slowest first; what a file's tests did, from the start of the run.
function drawTimeline() {
  const place = document.getElementById('lanes');
  const lanes = view.lanes;
  if (!place || lanes.length === 0) return;
  const left = 300;
  const width = 1000;
  const height = 20;
  const end = Math.max(1, ...lanes.map((lane) => lane.end));
  const x = (ms) => left + (ms / end) * (width - left - 10);
  const picture = svg('svg', {
    viewBox: `0 0 ${width} ${lanes.length * height + 26}`,
    role: 'img',
    'aria-label': `When the tests of ${lanes.length} files ran, over ${(end / 1000).toFixed(1)} seconds`,
  });
  for (let part = 0; part <= 4; part += 1) {
    const at = x((end * part) / 4);
    picture.append(svg('line', { x1: at, x2: at, y1: 0, y2: lanes.length * height, class: 'axis' }));
    const anchor = part === 0 ? 'start' : part === 4 ? 'end' : 'middle';
    const label = `${((end * part) / 4000).toFixed(1)} s`;
    picture.append(
      svg('text', { x: at, y: lanes.length * height + 16, 'text-anchor': anchor, class: 'tick' }, label),
    );
  }
  lanes.forEach((lane, index) => {
    const y = index * height;
    const name = lane.file.length > 38 ? `…${lane.file.slice(-37)}` : lane.file;
    picture.append(svg('text', { x: left - 8, y: y + 14, 'text-anchor': 'end', class: 'lane' }, name));
    for (const [start, duration, status] of lane.bars) {
      const bar = svg('rect', {
        x: x(start),
        y: y + 5,
        width: Math.max(1.5, x(start + duration) - x(start)),
        height: 10,
        rx: 1.5,
        class: status,
      });
      picture.append(bar);
    }
  });
  place.append(picture);
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
drawTimeline();
fromHash();
