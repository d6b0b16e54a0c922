// biome-ignore-all lint/correctness/noUnusedVariables: report.js, which stands below it in the page, uses them.
// One test as a row that opens: what is inside is made when somebody looks at it, because a run may hold thousands.
const view = JSON.parse(document.getElementById('data').textContent);
view.tests.forEach((test, index) => {
  test.index = index;
  test.path = view.files[test.file];
  test.status ??= 'passed';
  test.id = test.path === '(outside any file)' ? test.name : `${test.path}::${test.name}`;
});

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function linkTo(test) {
  return `#test=${encodeURIComponent(test.id)}`;
}

// Within its cause a test names its place and leaves out what the cause says.
function row(test, cause) {
  const kind = test.flaky ? 'flaky' : test.failure ? test.failure.kind.split(' / ')[0] : test.status;
  const colour = test.flaky ? 'flaky' : (test.failure?.class ?? test.status);
  const name = element('span', { class: 'name' }, test.name);
  if (test.isNew) name.append(' ', element('span', { class: 'badge failed' }, 'new'));
  if (cause)
    name.append(element('span', { class: 'file' }, test.failure?.place.split(' › ')[0] || test.path));
  const details = element(
    'details',
    { class: 'test', 'data-index': test.index },
    element(
      'summary',
      {},
      element('span', { class: `status ${colour}` }, kind),
      name,
      element(
        'span',
        { class: 'soft ms' },
        test.ms === undefined ? '' : `${test.ms.toLocaleString('en')} ms`,
      ),
    ),
  );
  details.addEventListener('toggle', () => details.open && fill(details, test, cause));
  return details;
}

function fill(details, test, cause) {
  details.open = true;
  if (details.childElementCount === 1) details.append(bodyOf(test, cause));
}

function bodyOf(test, cause) {
  const body = element('div', { class: 'body' });
  const line = (label, ...value) =>
    body.append(element('p', {}, element('span', { class: 'soft' }, `${label}  `), ...value));
  const { failure } = test;
  line('id', element('code', {}, test.id), ' ', element('a', { href: linkTo(test) }, 'link'));
  if (test.markers) line('markers', test.markers.join(', '));
  if (test.backend) line('backend', test.backend);
  if (test.attempts) line('attempts', String(test.attempts));
  if (test.past) line('earlier runs', pastOf(test.past));
  if (test.reason) line('why', test.reason);
  if (!failure) return body;
  if (!cause) {
    line('whose fault', failure.kind);
    line('fix', failure.remedy);
  }
  if (failure.evidence !== cause?.evidence) line('evidence', failure.evidence);
  const copies = [copyButton('Copy for a coding agent', textForAgent(test))];
  if (cause?.count !== 1) copies.unshift(copyButton('Copy the command', failure.again));
  body.append(element('p', { class: 'actions' }, ...copies));
  const [first, ...more] = (failure.message ?? '').split('\n');
  if (more.length > 0 || !failure.evidence.includes(first)) block(body, 'Message', failure.message);
  if (failure.diff) body.append(element('h4', {}, 'Difference'), diffOf(failure.diff));
  if (failure.source)
    body.append(element('h4', {}, `${failure.source.file}:${failure.source.line}`), sourceOf(failure.source));
  if (failure.stack) body.append(...stackOf(failure.stack));
  block(body, 'Output', failure.output);
  return body;
}

function pastOf(past) {
  const marks = { passed: '✓', failed: '✖', flaky: '~' };
  return element(
    'span',
    { role: 'img', 'aria-label': past.join(', ') },
    ...past.map((fate) => element('span', { class: fate }, marks[fate])),
  );
}

function block(body, title, text) {
  if (text) body.append(element('h4', {}, title), element('pre', { tabindex: '0' }, text));
}

function diffOf(diff) {
  const lines = diff.split('\n').map((text) => {
    const kind = { '-': 'passed', '+': 'failed' }[text[0]] ?? 'soft';
    return element('span', { class: `line ${kind}` }, `${text}\n`);
  });
  const key = element(
    'p',
    { class: 'soft' },
    element('span', { class: 'passed' }, '- expected'),
    '  ',
    element('span', { class: 'failed' }, '+ received'),
  );
  return element('div', {}, key, element('pre', { tabindex: '0' }, ...lines));
}

function sourceOf({ line, column, from, text }) {
  const lines = text.split('\n');
  const digits = String(from + lines.length).length;
  const shown = lines.map((code, index) => {
    const number = from + index;
    const isHere = number === line;
    const caret = isHere ? `${' '.repeat(digits + 3 + column - 1)}^\n` : '';
    const text = `${String(number).padStart(digits)} | ${code}\n${caret}`;
    return element('span', { class: isHere ? 'line here' : 'line soft' }, text);
  });
  return element('pre', { tabindex: '0', class: 'source' }, ...shown);
}

// Only the frames of the project's own code stand open.
function stackOf(stack) {
  const isOwn = (frame) => !/node_modules|node:|\(<anonymous>\)|chunk-artifact/.test(frame);
  const own = stack.filter(isOwn);
  const others = stack.filter((frame) => !isOwn(frame));
  const parts = [element('h4', {}, 'Stack')];
  if (own.length > 0) parts.push(element('pre', { tabindex: '0' }, own.join('\n')));
  if (others.length > 0)
    parts.push(
      element(
        'details',
        { class: 'frames' },
        element(
          'summary',
          {},
          others.length === 1 ? '1 frame of a library' : `${others.length} frames of libraries`,
        ),
        element('pre', { tabindex: '0' }, others.join('\n')),
      ),
    );
  return parts;
}

function textForAgent(test) {
  const { failure } = test;
  const parts = [
    `Test: ${test.id}`,
    `Where: ${failure.place}`,
    `Whose fault: ${failure.kind}`,
    `Evidence: ${failure.evidence}`,
    `Fix: ${failure.remedy}`,
    failure.diff && `Difference (- expected, + received):\n${failure.diff}`,
    failure.source &&
      `Source, ${failure.source.file} from line ${failure.source.from}:\n${failure.source.text}`,
    failure.output && `Output:\n${failure.output}`,
    `Run it again: ${failure.again}`,
  ];
  return parts.filter(Boolean).join('\n');
}

function copyButton(label, text) {
  const button = element('button', { type: 'button' }, label);
  button.addEventListener('click', async () => {
    await copy(text);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page from a file may not be allowed to; the older way works there.
    const area = element('textarea', { 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
