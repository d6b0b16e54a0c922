import { v5 } from 'uuid';

/** Namespace of the ids: another one would lose every record stored before. */
const NAMESPACE = 'f3a7a1de-6f1c-5b0e-9d0c-2b6d6f7d9a41';

/** The UUID under which the record with this id is stored; Qdrant takes no other strings. */
export function pointId(id: string): string {
  return v5(id, NAMESPACE);
}
