import { valuesAt } from './payload.js';
import { compareIds, type NewPoint, type PointId, type StoredPoint } from './point.js';
import { badForm, notFound, Refusal } from './refusal.js';
import { fit, type VectorParams } from './vectors.js';

const INDEX_TYPES = ['keyword', 'integer', 'float', 'bool', 'geo', 'datetime', 'text', 'uuid'];

/** The answer to a write. */
export interface Update {
  readonly operation_id: number;
  readonly status: 'completed' | 'acknowledged';
}

/** One collection in memory. */
export class Collection {
  readonly points = new Map<PointId, StoredPoint>();
  readonly indexes = new Map<string, string>();
  #operation = 0;

  constructor(
    readonly name: string,
    readonly vectors: Record<string, VectorParams>,
  ) {}

  /** All points in the order of their ids. */
  get sorted(): StoredPoint[] {
    return [...this.points.values()].sort((one, other) => compareIds(one.id, other.id));
  }

  /** Writes all points, or none where one does not fit. */
  upsert(points: readonly NewPoint[]): number {
    if (points.length === 0) throw emptyRequest();
    const fitted = points.map(({ vectors, ...point }) => ({
      ...point,
      vectors: Object.fromEntries(
        Object.entries(vectors).map(([name, vector]) => [name, fit(vector, name, this.vectors)]),
      ),
    }));
    const version = this.next();
    for (const point of fitted) this.points.set(point.id, { ...point, version });
    return version;
  }

  delete(ids: readonly PointId[]): number {
    if (ids.length === 0) throw emptyRequest();
    for (const id of ids) this.points.delete(id);
    return this.next();
  }

  /** Changes the payloads of points; throws for a missing one, after those before it were changed. */
  changePayload(
    ids: readonly PointId[],
    change: (payload: StoredPoint['payload']) => StoredPoint['payload'],
  ): number {
    const version = this.next();
    for (const id of ids) {
      const point = this.point(id);
      point.payload = change(point.payload);
      point.version = version;
    }
    return version;
  }

  point(id: PointId): StoredPoint {
    const point = this.points.get(id);
    if (!point) throw notFound(`No point with id ${id} found`);
    return point;
  }

  index(field: string, schema: unknown, length: number): number {
    const type = typeof schema === 'string' ? schema : (schema as { type?: string })?.type;
    if (!INDEX_TYPES.includes(String(type))) {
      throw badForm('data did not match any variant of untagged enum PayloadFieldSchema', length);
    }
    this.indexes.set(field, String(type));
    // The server removes the point before it writes it: two operations.
    this.next();
    return this.next();
  }

  /** The description of a collection, as the server gives it. */
  describe(): object {
    const payload_schema = Object.fromEntries(
      [...this.indexes].map(([field, data_type]) => [field, { data_type, points: this.#countWith(field) }]),
    );
    return {
      status: 'green',
      optimizer_status: 'ok',
      indexed_vectors_count: 0,
      points_count: this.points.size,
      segments_count: 2,
      config: { params: { vectors: this.vectors[''] ?? this.vectors, ...PARAMS }, ...CONFIG },
      payload_schema,
      update_queue: { length: 0 },
    };
  }

  next(): number {
    this.#operation += 1;
    return this.#operation;
  }

  #countWith(field: string): number {
    return [...this.points.values()].filter(({ payload }) => valuesAt(payload, field).length > 0).length;
  }
}

function emptyRequest(): Refusal {
  return new Refusal(400, 'Bad request: Empty update request');
}

const PARAMS = { shard_number: 1, replication_factor: 1, write_consistency_factor: 1, on_disk_payload: true };

const CONFIG = {
  hnsw_config: {
    m: 16,
    ef_construct: 100,
    full_scan_threshold: 10_000,
    max_indexing_threads: 0,
    on_disk: false,
  },
  optimizer_config: {
    deleted_threshold: 0.2,
    vacuum_min_vector_number: 1_000,
    default_segment_number: 2,
    max_segment_size: null,
    memmap_threshold: null,
    indexing_threshold: 10_000,
    flush_interval_sec: 5,
    max_optimization_threads: null,
    prevent_unoptimized: null,
  },
  wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0, wal_retain_closed: 1 },
  quantization_config: null,
};
