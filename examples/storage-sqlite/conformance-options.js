import initSqlJs from 'sql.js';
import { createSqliteAdapter } from './sqlite-backend.js';

const { Database } = await initSqlJs();
const database = new Database();

/** The adapter, as the conformance suite wants it. */
export const options = {
  name: 'sqlite',
  createAdapter: ({ namespace, options }) => createSqliteAdapter({ database, table: namespace, ...options }),
  removeNamespace: async (namespace) => {
    database.run(`DROP TABLE IF EXISTS "${namespace}"`);
  },
  corrupt: async (namespace, id) => {
    database.run(`UPDATE "${namespace}" SET record = 'no JSON' WHERE id = ?`, [id]);
  },
  record: ({ scope, ...sample }) => ({ ...sample, folder: scope }),
  query: (scope, page) => ({ ...page, folder: scope }),
};
