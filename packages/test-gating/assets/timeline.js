// biome-ignore-all lint/correctness/noUnusedVariables: report.js, which stands below it in the page, uses them.
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
    // One path for all bars of a status: a lane may have hundreds.
    const paths = new Map();
    for (const [start, duration, status] of lane.bars) {
      const wide = Math.max(1.5, x(start + duration) - x(start)).toFixed(1);
      paths.set(status, `${paths.get(status) ?? ''}M${x(start).toFixed(1)} ${y + 5}h${wide}v10h-${wide}z`);
    }
    for (const [status, d] of paths) picture.append(svg('path', { d, class: status }));
  });
  place.append(picture);
}
