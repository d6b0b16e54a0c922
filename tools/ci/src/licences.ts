/** The parts of a CycloneDX bill of materials that are read here. */
export interface BillOfMaterials {
  readonly components?: readonly Component[];
}

interface Component {
  readonly name: string;
  readonly version?: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/** Licences that let a user of the packages do as their own, MIT, does. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
];

/** Components whose licence is unknown or asks for more, one line each; one of several that may be chosen is enough. */
export function licenceFaults({ components = [] }: BillOfMaterials): string[] {
  return components
    .filter((component) => !licencesOf(component).some(isPermissive))
    .map((component) => {
      const named = licencesOf(component).join(', ') || 'no licence';
      return `${component.name}@${component.version}: ${named}`;
    });
}

function licencesOf({ licenses = [] }: Component): string[] {
  return licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? '');
}

// `(A OR B)` lets a user choose; `A AND B` asks for both.
function isPermissive(expression: string): boolean {
  return expression
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => PERMISSIVE.includes(licence)));
}
