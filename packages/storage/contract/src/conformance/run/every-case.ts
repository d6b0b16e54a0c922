import { badRecordCases } from '../bad-records.js';
import { batchCases } from '../batches.js';
import { concurrencyCases } from '../concurrency.js';
import { conditionCases } from '../conditions.js';
import { expiryCases } from '../expiry.js';
import { faultCases } from '../faults.js';
import { idCases } from '../ids.js';
import { leftoverCases } from '../leftovers.js';
import { lifecycleCases } from '../lifecycle.js';
import { limitCases } from '../limits.js';
import { losslessCases } from '../lossless.js';
import { metricsCases } from '../metrics.js';
import { misreadCases } from '../misread.js';
import { searchCases } from '../queries/searches.js';
import { wholeQueryCases } from '../queries/whole-queries.js';
import { recordCases } from '../records.js';
import { secrecyCases } from '../secrecy.js';
import type { Suite } from '../suite.js';
import { telemetryCases } from '../telemetry.js';

/** Describes every case of the contract. */
export function everyCase(suite: Suite): void {
  recordCases(suite);
  idCases(suite);
  batchCases(suite);
  concurrencyCases(suite);
  searchCases(suite);
  badRecordCases(suite);
  wholeQueryCases(suite);
  conditionCases(suite);
  expiryCases(suite);
  lifecycleCases(suite);
  limitCases(suite);
  losslessCases(suite);
  misreadCases(suite);
  metricsCases(suite);
  telemetryCases(suite);
  leftoverCases(suite);
  secrecyCases(suite);
  faultCases(suite);
}
