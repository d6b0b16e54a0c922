import { parseConditions } from './conditions.js';
import { allOf, entityText, type KnownStatement, RELATIONSHIP_TEXT } from './known.js';
import { COLUMNS, edgeRow, entityRow } from './rows.js';
import { compareText } from './values.js';

const ENTITIES =
  /^MATCH \(n:`(?<namespace>[^`]+)`(?::`(?<label>[^`]+)`)?\)\nWHERE (?<where>.+)\nRETURN (?<columns>.+)\nORDER BY id LIMIT \$limit$/;
const EDGES =
  /^MATCH \(a:`(?<namespace>[^`]+)`\)-\[r(?<types>(?:[:|]`[^`]+`)+)\]->\(b:`(?<other>[^`]+)`\)\nWHERE (?<where>.+)\nRETURN (?<columns>.+)\nORDER BY id LIMIT \$limit$/;

const entities: KnownStatement = {
  recognise(cypher) {
    const { namespace = '', label, where = '', columns } = ENTITIES.exec(cypher)?.groups ?? {};
    const condition = parseConditions(where);
    if (!condition || columns !== entityText('n')) return undefined;
    return (graph, parameters) => {
      const found = graph
        .nodes(namespace)
        .filter((node) => label === undefined || node.labels.includes(label))
        .filter((node) => condition({ n: node }, parameters))
        .sort(byId)
        .slice(0, Number(parameters.limit));
      return { fields: COLUMNS, rows: found.map((node) => entityRow(node, parameters.labels as string[])) };
    };
  },
};

const relationships: KnownStatement = {
  recognise(cypher) {
    const { namespace = '', other, types = '', where = '', columns } = EDGES.exec(cypher)?.groups ?? {};
    const condition = parseConditions(where);
    if (!condition || other !== namespace || columns !== RELATIONSHIP_TEXT) return undefined;
    const wanted = allOf(/`([^`]+)`/g, types);
    return (graph, parameters) => {
      const found = graph
        .edges()
        .filter(
          ({ type, from, to }) =>
            wanted.includes(type) && from.namespace === namespace && to.namespace === namespace,
        )
        .filter((edge) => condition({ r: edge, a: edge.from, b: edge.to }, parameters))
        .sort(byId)
        .slice(0, Number(parameters.limit));
      return { fields: COLUMNS, rows: found.map(edgeRow) };
    };
  },
};

/** Statements that list in the order of the ids. */
export const LISTINGS: readonly KnownStatement[] = [entities, relationships];

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return compareText(left.id, right.id);
}
