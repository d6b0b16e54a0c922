import { each, html, type Markup } from './markup.js';

/** One cell: plain text, or markup with a class. */
export type Cell = string | number | Markup | { readonly class: string; readonly content: string | Markup };

/** A section of the page with a table; on a phone each row is a card, whose cells name their columns. */
export function tableSection(
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  if (rows.length === 0) return html``;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<table><thead><tr>${each(columns, (column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${each(
    rows,
    (cells) => html`<tr>${each(pairs(cells, columns), ([cell, column]) => cellOf(cell, column))}</tr>`,
  )}</tbody></table></section>`;
}

function pairs(cells: readonly Cell[], columns: readonly string[]): [Cell, string][] {
  return cells.map((cell, index) => [cell, columns[index] ?? '']);
}

function cellOf(cell: Cell, column: string): Markup {
  if (typeof cell === 'number') return html`<td data-label="${column}" class="number">${cell}</td>`;
  if (typeof cell === 'object' && 'class' in cell)
    return html`<td data-label="${column}" class="${cell.class}">${cell.content}</td>`;
  return html`<td data-label="${column}">${cell}</td>`;
}
